import type { Incoming, Outcome } from "../boundary.ts";
import type { LazyRoute, Route } from "../route.ts";
import { type Definition, resolveRoute } from "./compile.ts";
import { Findings, type Report } from "./diagnose.ts";
import type { Plan } from "./plan.ts";
import type { MountedRoute } from "./table.ts";
import { loadTools } from "./tools.ts";

/** Routes that are imported when they are first needed; one an app. */
export interface Lazies {
  /** The route as it is mounted, or with what is wrong with it reported. */
  load(mounted: MountedRoute, definition: Definition, report: Report): Promise<MountedRoute>;
  /** Loads with the first request; a load that fails is tried again with the next. */
  plan(
    mounted: MountedRoute,
    definition: Definition,
    ready: (loaded: MountedRoute) => Promise<Plan>,
    failed: (error: unknown, incoming: Incoming) => Outcome,
  ): Plan;
}

export function makeLazies(): Lazies {
  const imports = new Map<LazyRoute, Promise<Route>>();

  /** Once for an app: what it has loaded is what it goes on serving, also while a development server loads newer code. */
  function imported(lazy: LazyRoute): Promise<Route> {
    let loading = imports.get(lazy);
    if (loading === undefined) {
      loading = lazy.load();
      imports.set(lazy, loading);
      loading.catch(() => imports.delete(lazy)); // it may load later
    }
    return loading;
  }

  const lazies: Lazies = {
    async load(mounted, definition, report) {
      if (mounted.lazy === undefined) return mounted;
      const route = await imported(mounted.lazy);
      if (route?.kind !== "route") {
        report("OS_ROUTE_EXPORT", mounted.mount, mounted.key);
        return mounted;
      }
      await loadTools(definition.tools, {
        shapes: [route.shape],
        strict: definition.strict,
        limits: definition.limits,
      });
      return resolveRoute(mounted, route, definition, report);
    },
    plan(mounted, definition, ready, failed) {
      let plan: Plan | undefined;
      let loading: Promise<Plan> | undefined;
      const begin = async (): Promise<Plan> => {
        const findings = new Findings();
        const loaded = await lazies.load(mounted, definition, findings.report);
        await findings.check();
        return (plan = await ready(loaded));
      };
      return (incoming, path, params, search, instead) => {
        if (plan !== undefined) return plan(incoming, path, params, search, instead);
        loading ??= begin();
        return loading.then(
          (loaded) => loaded(incoming, path, params, search, instead),
          (error: unknown) => {
            loading = undefined;
            return failed(error, incoming);
          },
        );
      };
    },
  };
  return lazies;
}
