import { type AppOptions, CompileError, createApp, graph, lazy, middleware, policy, port, problem, provide, publicAccess, reply, route, type Use } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";

type App = ReturnType<typeof createApp>;

async function diagnose(app: App) {
  const error: unknown = await app.ready().then(() => undefined, (thrown: unknown) => thrown);
  return error instanceof CompileError ? error.diagnostics : [];
}

const identity = port<string>()("identity");
const text = (): string => "x";

/** Two that need each other can only be made by hand: a `use` list is written before what it holds. */
function cycle(): Use {
  const use: Use[] = [];
  const a = provide("a", { use }, text);
  const b = provide("b", { use: [a] }, text);
  const c = provide("c", { use: [b] }, text);
  use.push(c);
  return c;
}

const cases: { name: string; code: string; says: RegExp; options?: AppOptions; mount: (app: App) => unknown }[] = [
  { name: "an unbound port", code: "OS_UNBOUND_PORT", says: /identity/, mount: (app) => app.get("/", { use: [identity] }, text) },
  {
    name: "an unbound port behind providers",
    code: "OS_UNBOUND_PORT",
    says: /user → identity/,
    mount: (app) => app.get("/", { use: [provide("user", { use: [identity] }, text)] }, text),
  },
  { name: "an unbound port of a middleware", code: "OS_UNBOUND_PORT", says: /guard → identity/, mount: (app) => app.get("/", { use: [middleware("guard", { use: [identity] }, (_ctx, next) => next())] }, text) },
  { name: "a port bound to an unbound one", code: "OS_UNBOUND_PORT", says: /identity/, options: { bind: [identity.to(port<string>()("other"))] }, mount: (app) => app.get("/", { use: [identity] }, text) },
  { name: "a cycle, with its whole chain", code: "OS_CYCLE", says: /c → b → a → c/, mount: (app) => app.get("/", { use: [cycle()] }, text) },
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
    mount: (app) => app.get("/", { use: [provide("db", {}, text), provide("list", { use: [provide("db", {}, text)] }, text)] }, text),
  },
  ...["params", "query", "body", "headers", "cookies", "request", "signal", "fail", "header", "waitUntil", "path", "method", "constructor", "__proto__", "toString", "platform", "offer", "accepts", "incoming"].map((name) => ({
    name: `the reserved name ${name}`,
    code: "OS_RESERVED_NAME",
    says: new RegExp(name),
    mount: (app: App) => app.get("/", { use: [provide(name, {}, text)] }, text),
  })),
  { name: "a kernel problem's name with another status", code: "OS_RESERVED_NAME", says: /notFound/, mount: (app) => app.get("/", { problems: { notFound: problem(410, "Gone") } }, text) },
  {
    name: "one problem name with two statuses",
    code: "OS_PROBLEM_CLASH",
    says: /limited/,
    mount: (app) => app.get("/", { use: [provide("quota", { problems: { limited: problem(429, "Slow") } }, text)], problems: { limited: problem(403, "Limited") } }, text),
  },
  { name: "one path mounted twice", code: "OS_CONFLICTING_PATH", says: /a\.ts.*b\.ts|b\.ts.*a\.ts/, mount: (app) => app.mount([mountAt("/a/b", "a.ts"), mountAt("/a/b", "b.ts")]) },
  { name: "one path mounted twice, written differently", code: "OS_CONFLICTING_PATH", says: /a\.ts.*b\.ts|b\.ts.*a\.ts/, mount: (app) => app.mount([mountAt("/caf%C3%A9", "a.ts"), mountAt("/café", "b.ts")]) },
  { name: "a path that another shadows", code: "OS_SHADOWED_PATH", says: /one\.ts.*two\.ts|two\.ts.*one\.ts/, mount: (app) => app.mount([mountAt("/users/:id", "one.ts"), mountAt("/users/:name", "two.ts")]) },
  { name: "an optional segment that meets its neighbour", code: "OS_CONFLICTING_PATH", says: /\/list/, mount: (app) => app.mount([mountAt("/list", "one.ts"), mountAt("/list/:page?", "two.ts")]) },
  { name: "two in code, with their lines", code: "OS_CONFLICTING_PATH", says: /\/x/, mount: (app) => app.get("/x", text).get("/x", text) },
  { name: "a params schema without the path's param", code: "OS_PARAMS_MISMATCH", says: /id/, mount: (app) => app.get("/users/:id", { params: z.object({}) }, text) },
  { name: "a params schema with another param", code: "OS_PARAMS_MISMATCH", says: /user.*id|id.*user/, mount: (app) => app.get("/users/:id", { params: z.object({ user: z.string() }) }, text) },
  { name: "an invalid limit", code: "OS_INVALID_LIMIT", says: /body/, options: { limits: { body: -1 } }, mount: (app) => app.get("/", text) },
  { name: "an invalid limit of a route", code: "OS_INVALID_LIMIT", says: /handler/, mount: (app) => app.get("/", { limits: { handler: 0 } }, text) },
  { name: "an invalid size of a route", code: "OS_INVALID_LIMIT", says: /body/, mount: (app) => app.get("/", { limits: { body: Number.NaN } }, text) },
  { name: "an unpoliced route in strict mode", code: "OS_UNPOLICED_ROUTE", says: /GET \/open/, options: { strict: true }, mount: (app) => app.get("/open", text) },
  { name: "an app-scope provider that needs a request", code: "OS_SCOPE", says: /user/, mount: (app) => app.get("/", { use: [provide("pool", { scope: "app", use: [provide("user", {}, text)] }, text)] }, text) },
  { name: "an app-scope provider behind a middleware", code: "OS_SCOPE", says: /needs m\b/, mount: (app) => app.get("/", { use: [provide("pool", { scope: "app", use: [middleware("m", {}, (_ctx, next) => next())] }, text)] }, text) },
  ...["relative", "/a/:", "/a/:1x", "/a/*rest/more", "/a/:x/:x", "/a/./b", "/a/../b", "/:__proto__"].map((path) => ({
    name: `the malformed path ${path}`,
    code: "OS_MALFORMED_PATH",
    says: /./,
    mount: (app: App) => app.get(path, text),
  })),
  { name: "a malformed method", code: "OS_MALFORMED_PATH", says: /get/, mount: (app) => app.mount({ "get /x": route(text) }) },
];

function mountAt(path: string, source: string) {
  return { method: "GET", path, route: route(text), source };
}

describe("what does not compile", () => {
  test.each(cases)("$name", async ({ code, says, options, mount }) => {
    const app = createApp(options ?? {});
    mount(app);
    const diagnostics = await diagnose(app);
    const found = diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(`${found?.message} ${found?.where}`).toMatch(says);
    expect(found?.where).not.toBe("");
    expect(found?.mend).toMatch(/\.$/);
  });

  test("is reported together, each with code, place and mend", async () => {
    const app = createApp({ strict: true, limits: { handler: "never" as never } });
    app.mount([mountAt("/a", "a.ts"), mountAt("/a", "b.ts"), { method: "GET", path: "/users/:id", source: "c.ts", route: route({ use: [identity], params: z.object({ name: z.string() }) }, text) }]);
    const codes = (await diagnose(app)).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(["OS_INVALID_LIMIT", "OS_CONFLICTING_PATH", "OS_UNBOUND_PORT", "OS_PARAMS_MISMATCH", "OS_UNPOLICED_ROUTE"]));
    await expect(app.ready()).rejects.toThrow(/OS_INVALID_LIMIT[\s\S]*OS_UNBOUND_PORT/);
  });

  test("keeps the graph from being made, lazy routes included", async () => {
    const app = createApp().get("/users/:id", lazy(async () => route({ params: z.object({ name: z.string() }) }, text)));
    await app.ready();
    await expect(graph(app)).rejects.toMatchObject({ diagnostics: [{ code: "OS_PARAMS_MISMATCH" }] });
  });

  test("a route without a handler is told at once", () => {
    const make: (...args: readonly unknown[]) => unknown = route as never;
    expect(() => make({ summary: "nothing to run" })).toThrow(TypeError);
  });
});

describe("what compiles", () => {
  const fine: { name: string; options?: AppOptions; mount: (app: App) => unknown }[] = [
    { name: "one path, several methods", mount: (app) => app.get("/a", text).post("/a", text).all("/a", text) },
    { name: "literal, param and rest side by side", mount: (app) => app.get("/a/b", text).get("/a/:x", text).get("/a/*r", text) },
    { name: "one provider asked for twice", mount: (app) => ((db) => app.get("/", { use: [db, provide("list", { use: [db] }, text)] }, text))(provide("db", {}, text)) },
    { name: "an unbound port that nobody needs", mount: (app) => app.get("/", text) },
    { name: "a loose params schema", mount: (app) => app.get("/:a/:b", { params: z.looseObject({ a: z.string() }) }, text) },
    { name: "a params schema whose library cannot say", mount: (app) => app.get("/:a", { params: z.custom<{ a: string }>() }, text) },
    { name: "an optional param", mount: (app) => app.get("/x/:a?", { params: z.object({ a: z.string().optional() }) }, text) },
    { name: "a public route in strict mode", options: { strict: true }, mount: (app) => app.get("/", { use: [publicAccess()] }, text) },
    { name: "a guard with a policy in strict mode", options: { strict: true }, mount: (app) => app.get("/", { use: [middleware("guard", { meta: [policy({ kind: "signed-in" })] }, (_ctx, next) => next())] }, text) },
    { name: "a policy from the group in strict mode", options: { strict: true }, mount: (app) => app.group("/g", [publicAccess()]).get("/", text) },
    { name: "a policy from the app in strict mode", options: { strict: true, use: [publicAccess()] }, mount: (app) => app.get("/", text) },
  ];
  test.each(fine)("$name", async ({ options, mount }) => {
    const app = createApp(options ?? {});
    mount(app);
    expect(await diagnose(app)).toEqual([]);
    await app.close();
  });

  test("a strict app still answers what it does not have", async () => {
    const app = createApp({ strict: true }).get("/", { use: [publicAccess()] }, () => reply(200, "x"));
    expect((await app.fetch(new Request("http://localhost/nothing"))).status).toBe(404);
  });
});
