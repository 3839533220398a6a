import { createApp, middleware, problem, provide, reply, stream } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { quiet, signal, suite } from "./suite.ts";

suite("providers", (open) => {
  test("app scope: made once, before the first request, disposed at close", async () => {
    const log: string[] = [];
    const db = provide("db", { scope: "app", dispose: (value) => void log.push(`closed ${value.name}`) }, async () => {
      log.push("opened");
      return { name: "main" };
    });
    const t = await open(
      createApp()
        .get("/", { use: [db] }, (ctx) => ctx.db.name)
        .get("/again", { use: [db] }, (ctx) => ctx.db.name),
    );
    expect(log).toEqual(["opened"]);
    await t("GET /").expect(200, "main");
    await t("GET /again").expect(200, "main");
    expect(log).toEqual(["opened"]);
    await t.close();
    expect(log).toEqual(["opened", "closed main"]);
  });

  test("app scope: needs first, disposed in reverse", async () => {
    const log: string[] = [];
    const named = (name: string) => ({ scope: "app" as const, dispose: () => void log.push(name) });
    const env = provide("env", named("env"), () => ({ url: "db://" }));
    const db = provide("db", { ...named("db"), use: [env] }, (ctx) => `${ctx.env.url}main`);
    const cache = provide("cache", { ...named("cache"), use: [db, env] }, (ctx) => `cache of ${ctx.db}`);
    const t = await open(createApp().get("/", { use: [cache] }, (ctx) => ctx.cache));
    await t("GET /").expect(200, "cache of db://main");
    await t.close();
    expect(log).toEqual(["cache", "db", "env"]);
  });

  test("request scope: once a request by identity, however many ask", async () => {
    let made = 0;
    const user = provide("user", {}, async () => ({ id: ++made }));
    const audit = provide("audit", { use: [user] }, (ctx) => `audit ${ctx.user.id}`);
    const guard = middleware("guard", { use: [user] }, (_ctx, next) => next());
    const t = await open(
      createApp({ use: [user] }).get("/", { use: [guard, audit, user] }, (ctx) => `${ctx.audit} ${ctx.user.id}`),
    );
    await t("GET /").expect(200, "audit 1 1");
    await t("GET /").expect(200, "audit 2 2");
    expect(made).toBe(2);
  });

  test("concurrent requests do not see each other's values", async () => {
    const name = provide("name", {}, async ({ header }) => header("x-name") ?? "");
    const t = await open(
      createApp().get("/", { use: [name] }, async (ctx) => {
        await Promise.resolve();
        return ctx.name;
      }),
    );
    await Promise.all(
      ["a", "b", "c", "d"].map((each) => t("GET /", { headers: { "x-name": each } }).expect(200, each)),
    );
  });

  test("a provider that is not asked for is not made", async () => {
    let made = 0;
    const costly = provide("costly", {}, () => ++made);
    const t = await open(
      createApp()
        .get("/", () => "free")
        .get("/costly", { use: [costly] }, () => "paid"),
    );
    await t("GET /").expect(200, "free");
    expect(made).toBe(0);
  });

  test("falsy and undefined values are values", async () => {
    let made = 0;
    const none = provide("none", {}, () => void made++);
    const zero = provide("zero", { scope: "app" }, () => 0);
    const t = await open(createApp().get("/", { use: [none, zero] }, (ctx) => [ctx.none === undefined, ctx.zero]));
    expect((await t("GET /").expect(200)).value).toEqual([true, 0]);
    expect(made).toBe(1);
  });

  test("providers read the inputs that the handler gets", async () => {
    const owner = provide("owner", {}, ({ params, query, route }) => ({ params, query, route }));
    const t = await open(
      createApp().get(
        "/:id",
        { use: [owner], params: z.object({ id: z.int() }), query: z.object({ deep: z.boolean() }) },
        (ctx) => ctx.owner,
      ),
    );
    expect((await t("GET /7?deep=true").expect(200)).value).toEqual({
      params: { id: 7 },
      query: { deep: true },
      route: "GET /:id",
    });
    await t("GET /x?deep=true").expectProblem("invalid");
  });

  test("a provider answers with its problem", async () => {
    const user = provide(
      "user",
      { problems: { unauthenticated: problem(401, "Sign in") } },
      ({ header, fail }) => header("authorization") ?? fail.unauthenticated("No header"),
    );
    const t = await open(createApp().get("/", { use: [user] }, (ctx) => ctx.user));
    await t("GET /").expectProblem("unauthenticated", { title: "Sign in", detail: "No header" });
    await t("GET /", { headers: { authorization: "me" } }).expect(200, "me");
  });

  test("an app-scope provider that fails keeps the app from starting, and may succeed later", async () => {
    let attempts = 0;
    const db = provide("db", { scope: "app" }, () => {
      if (++attempts === 1) throw new Error("No database yet");
      return "db";
    });
    const app = createApp(quiet).get("/", { use: [db] }, (ctx) => ctx.db);
    await expect(app.ready()).rejects.toThrow("No database yet");
    const t = await open(app);
    await t("GET /").expect(200, "db");
  });
});

suite("disposal", (open) => {
  const logged = (log: string[], name: string) => ({
    dispose: (value: string, { error }: { error: unknown }) =>
      void log.push(`${name} ${value} ${error instanceof Error ? error.message : "well"}`),
  });

  test("in the reverse order of making, after the answer is known", async () => {
    const log: string[] = [];
    const one = provide("one", logged(log, "one"), () => "1");
    const two = provide("two", { ...logged(log, "two"), use: [one] }, async () => "2");
    const t = await open(createApp().get("/", { use: [two] }, () => void log.push("handler")));
    await t("GET /").expect(204);
    expect(log).toEqual(["handler", "two 2 well", "one 1 well"]);
  });

  test("is told of a problem and of an error", async () => {
    const log: string[] = [];
    const tx = provide("tx", logged(log, "tx"), () => "t");
    const app = createApp({ ...quiet, mode: "test" });
    app.get("/problem", { use: [tx], problems: { taken: problem(409, "Taken") } }, ({ fail }) => fail.taken("Twice"));
    app.get("/error", { use: [tx] }, () => {
      throw new Error("Broken");
    });
    app.get("/invalid", { use: [tx], query: z.object({ a: z.string() }) }, () => "unreached");
    const t = await open(app);
    await t("GET /problem").expectProblem("taken");
    await t("GET /error").expect(500);
    await t("GET /invalid").expect(422);
    expect(log.slice(0, 2)).toEqual(["tx t Twice", "tx t Broken"]);
    expect(log[2]).not.toContain("well");
  });

  test("happens when a later provider fails", async () => {
    const log: string[] = [];
    const one = provide("one", logged(log, "one"), () => "1");
    const bad = provide("bad", { use: [one] }, () => {
      throw new Error("Bad");
    });
    const t = await open(createApp(quiet).get("/", { use: [bad] }, () => "unreached"));
    await t("GET /").expectProblem("internal");
    expect(log).toEqual(["one 1 Bad"]);
  });

  test("that fails fails the request: a commit that did not happen is no success", async () => {
    const errors: unknown[] = [];
    const tx = provide("tx", { dispose: () => Promise.reject(new Error("No commit")) }, () => "t");
    const t = await open(createApp({ onError: (error) => errors.push(error) }).get("/", { use: [tx] }, () => "done"));
    await t("GET /").expectProblem("internal");
    expect(errors).toHaveLength(1);
  });

  test("waits for the end of a streamed body", async () => {
    const log: string[] = [];
    const db = provide("db", logged(log, "db"), () => "d");
    async function* rows() {
      yield "a";
      log.push("row");
      yield "b";
      log.push("row");
    }
    const t = await open(
      createApp().get("/", { use: [db] }, () => reply(200, rows(), { "content-type": "text/plain" })),
    );
    await t("GET /").expect(200, "ab");
    expect(log).toEqual(["row", "row", "db d well"]);
  });

  test("is told when a streamed body fails", async () => {
    const ended = signal<unknown>();
    const db = provide("db", { dispose: (_value, { error }) => ended.resolve(error) }, () => "d");
    async function* rows() {
      yield "a";
      throw new Error("Cut");
    }
    const t = await open(
      createApp(quiet).get("/", { use: [db] }, () => reply(200, rows(), { "content-type": "text/plain" })),
    );
    await expect(t.fetch("/").then((response) => response.text())).rejects.toBeInstanceOf(Error);
    expect(await ended.promise).toHaveProperty("message", "Cut");
  });

  test("happens for HEAD, whose streamed body nobody reads", async () => {
    const disposed = signal();
    const db = provide("db", { dispose: () => disposed.resolve() }, () => "d");
    const t = await open(createApp().get("/", { use: [db] }, () => new Response(new Blob(["abc"]).stream())));
    await t("HEAD /").expect(200);
    await disposed.promise;
  });

  test("a request body may be streamed through providers", async () => {
    const disposed = signal();
    const db = provide("db", { dispose: () => disposed.resolve() }, () => "d");
    const t = await open(createApp().post("/", { use: [db], body: stream() }, ({ body }) => body));
    await t("POST /", { body: new Uint8Array([1, 2, 3]) }).expect(200, new Uint8Array([1, 2, 3]));
    await disposed.promise;
  });
});
