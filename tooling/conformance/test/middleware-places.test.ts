import {
  createApp,
  graph,
  lazy,
  type Middleware,
  middleware,
  port,
  problem,
  provide,
  reply,
  route,
  type Use,
  withHeaders,
} from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { carriesCookies, suite } from "./suite.ts";

/** Says by which item an answer went out last. */
const leave = (name: string, more: Partial<Middleware> = {}): Middleware => ({
  ...middleware(name, {}, async (_ctx, next) => withHeaders(await next(), { "x-leave": name })),
  preflight: true,
  ...more,
});
const guard = middleware("guard", { problems: { locked: problem(401, "Locked") } }, ({ header, fail }, next) =>
  header("authorization") === "yes" ? next() : fail.locked(),
);
const asks = (method: string) => ({
  headers: { origin: "https://other.test", "access-control-request-method": method },
});

// Browsers let no code say its origin either.
describe.skipIf(!carriesCookies)("where requests say their origin", () => {
  suite("preflights", (open) => {
    const mine: readonly [what: string, use: readonly Use[], expected: string | undefined][] = [
      ["no item that stands around them", [], undefined],
      ["an item", [leave("own")], "own"],
      ["an item after a guard", [guard, leave("own")], "own"],
      ["an item before a guard", [leave("own"), guard], "own"],
      ["two items", [leave("outer"), leave("inner")], "outer"],
    ];
    test.each(mine)("of a route with %s", async (_what, use, expected) => {
      const app = createApp();
      app.get("/a", { use: [...use] }, () => "unreached");
      const t = await open(app);
      const { headers } = await t("OPTIONS /a", asks("GET")).expect(204).expectHeader("allow", "GET, HEAD, OPTIONS");
      expect(headers.get("x-leave") ?? undefined).toBe(expected);
    });

    test("meet the items of the route that is asked for, and of no other", async () => {
      const app = createApp({ use: [guard] });
      app.get("/a/:id", { use: [leave("read")] }, () => "x");
      app.put("/a/:id", { use: [leave("write")] }, () => "x");
      app.delete("/a/:id", () => "x");
      const t = await open(app);
      await t("OPTIONS /a/1", asks("GET")).expect(204).expectHeader("x-leave", "read");
      await t("OPTIONS /a/1", asks("HEAD")).expect(204).expectHeader("x-leave", "read");
      await t("OPTIONS /a/1", asks("PUT")).expect(204).expectHeader("x-leave", "write");
      await t("OPTIONS /a/1", asks("DELETE")).expectProblem("locked");
      await t("OPTIONS /a/1", asks("PATCH")).expectProblem("locked");
      await t("OPTIONS /b", asks("GET")).expectProblem("locked");
      await t("OPTIONS /a/1").expectProblem("locked");
      await t("OPTIONS /a/1", { headers: { "access-control-request-method": "GET" } }).expectProblem("locked");
    });

    test("find items of the app, of groups and of lazy routes", async () => {
      const app = createApp({ use: [leave("app")] });
      app.get("/app", () => "x");
      app.group("/group", [leave("group")]).get("/", () => "x");
      app.mount({ "GET /lazy": lazy(async () => route({ use: [guard, leave("lazy")] }, () => "x")) });
      const t = await open(app);
      await t("OPTIONS /app", asks("GET")).expectHeader("x-leave", "app");
      await t("OPTIONS /group", asks("GET")).expectHeader("x-leave", "app");
      await t("OPTIONS /lazy", asks("GET")).expect(204).expectHeader("x-leave", "app");
      await t("OPTIONS /nowhere", asks("GET")).expectProblem("notFound").expectHeader("x-leave", "app");
    });

    test("leave a route's own OPTIONS, and routes of every method, as they are", async () => {
      const app = createApp();
      app.mount({ "OPTIONS /own": route(() => reply(200, "mine")), "* /all": route({ use: [guard] }, () => "x") });
      app.get("/own", { use: [leave("get")] }, () => "x");
      const t = await open(app);
      const { headers } = await t("OPTIONS /own", asks("GET")).expect(200, "mine");
      expect(headers.get("x-leave")).toBeNull();
      await t("OPTIONS /all", asks("GET")).expectProblem("locked");
    });

    test("give an item what it needs, by whatever name", async () => {
      const word = port<string>()("word");
      const said = provide("said", {}, () => "hello");
      const speaks: Middleware = {
        ...middleware("speaks", { use: [word] }, async ({ word: text }, next) =>
          withHeaders(await next(), { "x-leave": text }),
        ),
        preflight: true,
      };
      const app = createApp({ bind: [word.to(said)] });
      app.get("/", { use: [said, guard, speaks] }, ({ said: text }) => text);
      const t = await open(app);
      await t("OPTIONS /", asks("GET")).expect(204).expectHeader("x-leave", "hello");
    });

    test("show in the graph", async () => {
      const { middleware: items } = await graph(createApp().get("/", { use: [leave("own"), guard] }, () => "x"));
      expect(items.map(({ name, preflight }) => [name, preflight])).toEqual([
        ["guard", undefined],
        ["own", true],
      ]);
    });
  });
});

suite("slots", (open) => {
  test("the innermost item of a name counts, where the outermost stands", async () => {
    const placed = (by: string): Middleware => ({ ...leave(by), name: "placed", slot: "s" });
    const app = createApp({ use: [placed("app"), guard] });
    app.get("/app", () => "x");
    const group = app.group("/group", [placed("group")]);
    group.get("/", () => "x");
    group.get("/own", { use: [placed("own"), leave("other", { slot: "s" })] }, () => "x");
    const t = await open(app);
    await t("GET /app").expectProblem("locked").expectHeader("x-leave", "app");
    await t("GET /group").expectProblem("locked").expectHeader("x-leave", "group");
    await t("GET /group/own").expectProblem("locked").expectHeader("x-leave", "own");
    await t("GET /group/own", { headers: { authorization: "yes" } })
      .expect(200, "x")
      .expectHeader("x-leave", "own");
    const { routes } = await graph(app);
    expect(routes.map(({ uses }) => uses)).toEqual([
      ["placed", "guard"],
      ["placed", "guard"],
      ["placed", "guard", "other"],
    ]);
  });
});

suite("middleware that covers some methods", (open) => {
  test("is on routes of these, and of those that take any", async () => {
    const writes = leave("writes", { covers: (method) => method !== "GET" });
    const app = createApp({ use: [writes] });
    app.get("/", () => "x");
    app.put("/", () => "x");
    app.all("/all", () => "x");
    const t = await open(app);
    await t("GET /").expect(200).expectHeader("x-leave", null);
    await t("HEAD /").expect(200).expectHeader("x-leave", null);
    await t("PUT /").expect(200).expectHeader("x-leave", "writes");
    await t("GET /all").expect(200).expectHeader("x-leave", "writes");
    await t("GET /none").expectProblem("notFound").expectHeader("x-leave", "writes");
    expect((await graph(app)).routes.map(({ key, uses }) => [key, uses])).toEqual([
      ["GET /", []],
      ["PUT /", ["writes"]],
      ["* /all", ["writes"]],
    ]);
  });
});
