// The same router turned into one function by `new Function`, which no Worker and no strict CSP allows.
import { addRoute, createRouter as createRou3 } from "rou3";
import { compileRouter, type CompiledMatch } from "rou3/compiler";
import type { TableRoute } from "../route.ts";
import { readParams, type Router } from "../router.ts";

export function createRouter(): Router {
  const router = createRou3<TableRoute>();
  let find: CompiledMatch<TableRoute> | undefined;
  return {
    add: (route) => addRoute(router, route.method, route.pattern, route),
    read(method, path, params) {
      find ??= compileRouter<TableRoute>(router, { matchAll: false });
      const match = find(method, path);
      return match && readParams(match.data, match.params, params);
    },
  };
}
