import { addRoute, createRouter as createRou3, findRoute } from "rou3";
import type { TableRoute } from "../route.ts";
import { readParams, type Router } from "../router.ts";

export function createRouter(): Router {
  const router = createRou3<TableRoute>();
  return {
    add: (route) => addRoute(router, route.method, route.pattern, route),
    read(method, path, params) {
      const match = findRoute(router, method, path);
      return match && readParams(match.data, match.params, params);
    },
  };
}
