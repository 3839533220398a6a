import { type MountedRoute, priority } from "@openspeed/core";
import type { routeFinder } from "@openspeed/core/authoring";
import { CRITICAL, LOW, NORMAL, type Rank } from "./rank.ts";

/** Which route takes a request, found when it matters only: serving itself does not wait for it. */
export interface RankedRoutes {
  rankOf(method: string, target: string): Rank;
  /** The route's key; one for all where routes are not known. */
  keyOf(method: string, target: string): string;
}

type Routes = ReadonlyMap<MountedRoute["mount"], MountedRoute>;

/** @param routes what is served now: a development server puts another app in the place of one */
export function rankRoutes(routes: () => Routes | undefined): RankedRoutes {
  let finder: typeof routeFinder | undefined;
  let found: Routes | undefined;
  let find: ReturnType<typeof routeFinder> = () => undefined;

  void import("@openspeed/core/authoring").then((core) => {
    finder = core.routeFinder;
  });

  /** By the very table and matcher that serve it, so that nobody reads paths a second time. */
  function routeOf(method: string, target: string): MountedRoute | undefined {
    const now = routes();
    if (now === undefined || finder === undefined) return undefined;
    if (now !== found) {
      found = now;
      find = finder({ routes: [...now.values()] });
    }
    const route = find(method, target);
    // It may have been loaded since.
    return route && now.get(route.mount);
  }

  return {
    rankOf: (method, target) => rankOfRoute(routeOf(method, target)),
    keyOf: (method, target) => routeOf(method, target)?.key ?? "",
  };
}

function rankOfRoute(route: MountedRoute | undefined): Rank {
  if (route === undefined) return NORMAL;
  const said: unknown = route.lazy === undefined ? priority.all(route).at(-1) : outerPriority(route);
  return said === "critical" ? CRITICAL : said === "low" ? LOW : NORMAL;
}

/** What a lazy route itself says is not known before it is loaded; what stands around it is. */
function outerPriority({ mount: { use = [] } }: MountedRoute): unknown {
  return use.flatMap((item) => (item.kind === "meta" && item.key === priority.key ? [item.value] : [])).at(-1);
}
