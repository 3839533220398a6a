import { type App, graph, type GraphRoute } from "@openspeed/core";
import { placeInStack } from "../thrown-at.ts";

/**
 * The routes of an app's graph, where those that code mounts have the line of that code as `source`. The graph itself
 * leaves it out: it would change with every line above it. As in the graph, strict mode is left aside.
 */
export async function locatedRoutes(app: App, root: string): Promise<readonly GraphRoute[]> {
  const { routes } = await graph(app);
  if (routes.every(({ source }) => source !== undefined)) return routes;
  const mounted = (await app.compile({ strict: false })).routes;
  const places = new Map(mounted.map(({ key, mount }) => [key, placeInStack(mount.trace?.stack ?? "", root)]));
  return routes.map((route) => {
    const source = route.source ?? places.get(route.key);
    return source === undefined ? route : { ...route, source };
  });
}
