import { Memoirist } from "memoirist";
import type { TableRoute } from "../route.ts";
import { readParams, type Router } from "../router.ts";

export function createRouter(): Router {
  const router = new Memoirist<TableRoute>();
  return {
    add: (route) => router.add(route.method, route.pattern, route),
    read(method, path, params) {
      const match = router.find(method, path);
      return match === null ? undefined : readParams(match.store, match.params, params);
    },
  };
}
