import type { Limits } from "../limits.ts";
import type { Mount } from "../mount.ts";
import type { Use } from "../provide.ts";
import { makeRoute, type Route } from "../route.ts";
import type { Report } from "./diagnose.ts";
import type { Bindings, Resolved } from "./resolve.ts";
import { type MountedRoute, type Pattern, tabulate } from "./table.ts";
import type { Tools } from "./tools.ts";

/** Everything that an app says, before anything is done with it. */
export interface Definition {
  readonly mounts: readonly Mount[];
  /** Around every route. */
  readonly use: readonly Use[];
  readonly wraps: readonly { readonly item: Use; readonly only: (mount: Mount) => boolean }[];
  readonly bindings: Bindings;
  readonly strict: boolean;
  readonly limits: Limits;
  /** Loaded already, as far as this app needs them. */
  readonly tools: Tools;
}

export interface Table {
  readonly patterns: readonly Pattern[];
  /** In the order of mounting. */
  readonly routes: Map<Mount, MountedRoute>;
}

const NOTHING_USED: Resolved = { steps: [], app: [], meta: {}, problems: {} };

/** Pure: paths and routes checked and resolved; all that is wrong is reported. */
export function compile(definition: Definition, report: Report): Table {
  const patterns = tabulate(definition.mounts, report, definition.tools.matching?.makeMatching());
  const routes = new Map<Mount, MountedRoute>();
  for (const { mount, params } of patterns) {
    if (!routes.has(mount)) routes.set(mount, describeMount(mount, params, definition, report));
  }
  return { patterns, routes };
}

function describeMount(mount: Mount, params: readonly string[], definition: Definition, report: Report): MountedRoute {
  const { route, method, path, source } = mount;
  const mounted = {
    key: `${method} ${path}`,
    method,
    path,
    source,
    mount,
    params,
    route: undefined,
    lazy: undefined,
    meta: {},
    resolved: undefined,
  };
  return route.kind === "lazy" ? { ...mounted, lazy: route } : resolveRoute(mounted, route, definition, report);
}

/** Resolves a route that is at hand: at once, or when a lazy one was loaded. */
export function resolveRoute(
  mounted: MountedRoute,
  route: Route,
  { use, wraps, bindings, strict, tools }: Definition,
  report: Report,
): MountedRoute {
  const { mount } = mounted;
  const items = [
    ...use,
    ...wraps.filter(({ only }) => only(mount)).map(({ item }) => item),
    ...(mount.use ?? []),
    ...(route.shape.use ?? []),
  ];
  const resolved = tools.uses?.resolve(items, route.shape.problems ?? {}, bindings, mounted, report) ?? NOTHING_USED;
  const placed = tools.matching?.placeRoute(route, mounted) ?? route;
  const complete = { ...mounted, route: placed, lazy: undefined, meta: resolved.meta, resolved };
  tools.inspect?.inspect(complete, strict, report);
  return complete;
}

/** What stands around all that no route takes: a miss is compiled like a route. */
export function resolveFallback(definition: Definition, report: Report): MountedRoute {
  const mount: Mount = {
    method: "*",
    path: "/*path",
    route: makeRoute(() => undefined),
    source: "what no route takes",
  };
  return describeMount(mount, ["path"], { ...definition, strict: false }, report);
}
