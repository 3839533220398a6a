// What does not compile: one mistake a row.
import {
  type Mount,
  type AppOptions,
  type App,
  middleware,
  port,
  problem,
  provide,
  route,
  type Use,
} from "@openspeed/core";
import { z } from "zod";

export const identity = port<string>()("identity");
export const text = (): string => "x";

/** Two that need each other can only be made by hand: a `use` list is written before what it holds. */
function cycle(): Use {
  const use: Use[] = [];
  const a = provide("a", { use }, text);
  const b = provide("b", { use: [a] }, text);
  const c = provide("c", { use: [b] }, text);
  use.push(c);
  return c;
}

export const mistakes: {
  name: string;
  code: string;
  says: RegExp;
  options?: AppOptions;
  mount: (app: App) => unknown;
}[] = [
  {
    name: "an unbound port",
    code: "OS_UNBOUND_PORT",
    says: /identity/,
    mount: (app) => app.get("/", { use: [identity] }, text),
  },
  {
    name: "an item that is not there",
    code: "OS_UNUSABLE_ITEM",
    says: /undefined/,
    // What a misspelt import of a module without types gives.
    mount: (app) => app.get("/", { use: [([] as Use[])[0] as Use] }, text),
  },
  {
    name: "an item whose maker was not called",
    code: "OS_UNUSABLE_ITEM",
    says: /can use: function csrf\. /,
    mount: (app) =>
      app.get(
        "/",
        {
          use: [
            function csrf() {
              return;
            } as unknown as Use,
          ],
        },
        text,
      ),
  },
  {
    name: "a route's limit that only the app has",
    code: "OS_INVALID_LIMIT",
    says: /no limit named stall for a route\. /,
    mount: (app) => app.get("/", { limits: { stall: "1s" } as object }, text),
  },
  {
    name: "an unbound port behind providers",
    code: "OS_UNBOUND_PORT",
    says: /user → identity/,
    mount: (app) => app.get("/", { use: [provide("user", { use: [identity] }, text)] }, text),
  },
  {
    name: "an unbound port of a middleware",
    code: "OS_UNBOUND_PORT",
    says: /guard → identity/,
    mount: (app) => app.get("/", { use: [middleware("guard", { use: [identity] }, (_ctx, next) => next())] }, text),
  },
  {
    name: "a port bound to an unbound one",
    code: "OS_UNBOUND_PORT",
    says: /identity/,
    options: { bind: [identity.to(port<string>()("other"))] },
    mount: (app) => app.get("/", { use: [identity] }, text),
  },
  {
    name: "a cycle, with its whole chain",
    code: "OS_CYCLE",
    says: /c → b → a → c/,
    mount: (app) => app.get("/", { use: [cycle()] }, text),
  },
  {
    name: "two providers of one name",
    code: "OS_DUPLICATE_NAME",
    says: /db/,
    mount: (app) => app.get("/", { use: [provide("db", {}, text), provide("db", {}, text)] }, text),
  },
  {
    name: "two providers of one name, one of them needed by another",
    code: "OS_DUPLICATE_NAME",
    says: /list → db/,
    mount: (app) =>
      app.get("/", { use: [provide("db", {}, text), provide("list", { use: [provide("db", {}, text)] }, text)] }, text),
  },
  ...[
    "params",
    "query",
    "body",
    "headers",
    "cookies",
    "request",
    "signal",
    "fail",
    "header",
    "waitUntil",
    "path",
    "method",
    "constructor",
    "__proto__",
    "toString",
    "platform",
    "offer",
    "accepts",
    "incoming",
  ].map((name) => ({
    name: `the reserved name ${name}`,
    code: "OS_RESERVED_NAME",
    says: new RegExp(name),
    mount: (app: App) => app.get("/", { use: [provide(name, {}, text)] }, text),
  })),
  {
    name: "a kernel problem's name with another status",
    code: "OS_RESERVED_NAME",
    says: /notFound/,
    mount: (app) => app.get("/", { problems: { notFound: problem(410, "Gone") } }, text),
  },
  {
    name: "one problem name with two statuses",
    code: "OS_PROBLEM_CLASH",
    says: /limited/,
    mount: (app) =>
      app.get(
        "/",
        {
          use: [provide("quota", { problems: { limited: problem(429, "Slow") } }, text)],
          problems: { limited: problem(403, "Limited") },
        },
        text,
      ),
  },
  {
    name: "one path mounted twice",
    code: "OS_CONFLICTING_PATH",
    says: /a\.ts.*b\.ts|b\.ts.*a\.ts/,
    mount: (app) => app.mount([mountAt("/a/b", "a.ts"), mountAt("/a/b", "b.ts")]),
  },
  {
    name: "one path mounted twice, written differently",
    code: "OS_CONFLICTING_PATH",
    says: /a\.ts.*b\.ts|b\.ts.*a\.ts/,
    mount: (app) => app.mount([mountAt("/caf%C3%A9", "a.ts"), mountAt("/café", "b.ts")]),
  },
  {
    name: "a path that another shadows",
    code: "OS_SHADOWED_PATH",
    says: /one\.ts.*two\.ts|two\.ts.*one\.ts/,
    mount: (app) => app.mount([mountAt("/users/:id", "one.ts"), mountAt("/users/:name", "two.ts")]),
  },
  {
    name: "an optional segment that meets its neighbour",
    code: "OS_CONFLICTING_PATH",
    says: /\/list/,
    mount: (app) => app.mount([mountAt("/list", "one.ts"), mountAt("/list/:page?", "two.ts")]),
  },
  {
    name: "two in code, with their lines",
    code: "OS_CONFLICTING_PATH",
    says: /\/x/,
    mount: (app) => app.get("/x", text).get("/x", text),
  },
  {
    name: "a params schema without the path's param",
    code: "OS_PARAMS_MISMATCH",
    says: /id/,
    mount: (app) => app.get("/users/:id", { params: z.object({}) }, text),
  },
  {
    name: "a params schema with another param",
    code: "OS_PARAMS_MISMATCH",
    says: /user.*id|id.*user/,
    mount: (app) => app.get("/users/:id", { params: z.object({ user: z.string() }) }, text),
  },
  {
    name: "an invalid limit",
    code: "OS_INVALID_LIMIT",
    says: /body/,
    options: { limits: { body: -1 } },
    mount: (app) => app.get("/", text),
  },
  {
    name: "an invalid limit of a route",
    code: "OS_INVALID_LIMIT",
    says: /handler/,
    mount: (app) => app.get("/", { limits: { handler: 0 } }, text),
  },
  {
    name: "an invalid size of a route",
    code: "OS_INVALID_LIMIT",
    says: /body/,
    mount: (app) => app.get("/", { limits: { body: Number.NaN } }, text),
  },
  {
    name: "an unpoliced route in strict mode",
    code: "OS_UNPOLICED_ROUTE",
    says: /GET \/open/,
    options: { strict: true },
    mount: (app) => app.get("/open", text),
  },
  {
    name: "an app-scope provider that needs a request",
    code: "OS_SCOPE",
    says: /user/,
    mount: (app) =>
      app.get("/", { use: [provide("pool", { scope: "app", use: [provide("user", {}, text)] }, text)] }, text),
  },
  {
    name: "an app-scope provider behind a middleware",
    code: "OS_SCOPE",
    says: /needs m\b/,
    mount: (app) =>
      app.get(
        "/",
        { use: [provide("pool", { scope: "app", use: [middleware("m", {}, (_ctx, next) => next())] }, text)] },
        text,
      ),
  },
  ...["relative", "/a/:", "/a/:1x", "/a/*rest/more", "/a/:x/:x", "/a/./b", "/a/../b", "/:__proto__"].map((path) => ({
    name: `the malformed path ${path}`,
    code: "OS_MALFORMED_PATH",
    says: /./,
    mount: (app: App) => app.get(path, text),
  })),
  {
    name: "a malformed method",
    code: "OS_MALFORMED_PATH",
    says: /get/,
    mount: (app) => app.mount({ "get /x": route(text) }),
  },
];

export function mountAt(path: string, source: string): Mount {
  return { method: "GET", path, route: route(text), source };
}
