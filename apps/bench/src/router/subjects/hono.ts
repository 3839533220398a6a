import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import type { TableRoute } from "../route.ts";
import { readParams, type Router } from "../router.ts";

/** What `new Hono()` routes with: the first of the two that can take the table. */
export function createRouter(): Router {
  const router = new SmartRouter<TableRoute>({ routers: [new RegExpRouter(), new TrieRouter()] });
  return {
    add: (route) => router.add(route.method, route.pattern, route),
    read(method, path, params) {
      const [handlers, stash] = router.match(method, path);
      const [route, found] = handlers[0] ?? [];
      if (route === undefined) return undefined;
      if (stash === undefined) return readParams(route, found as Record<string, string>, params);
      const { names } = route;
      for (let i = 0; i < names.length; i++)
        params[i] = stash[(found as Record<string, number>)[names[i] ?? ""] ?? -1] ?? "";
      return route;
    },
  };
}
