import findMyWay from "find-my-way";
import type { TableRoute } from "../route.ts";
import { readParams, type Router } from "../router.ts";

export function createRouter(): Router {
  const router = findMyWay();
  return {
    // What a router of Fastify keeps for a route is called its store.
    add: (route) => router.on(route.method as findMyWay.HTTPMethod, route.pattern, () => undefined, route),
    read(method, path, params) {
      const match = router.find(method as findMyWay.HTTPMethod, path);
      return match === null ? undefined : readParams(match.store as TableRoute, match.params, params);
    },
  };
}
