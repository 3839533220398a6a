import {
  type Context,
  createApp,
  headerOf,
  middleware,
  policy,
  problem,
  provide,
  publicAccess,
  reply,
  withHeaders,
} from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { carriesCookies, quiet, suite } from "./suite.ts";

function raise(): never {
  throw new Error("On purpose.");
}

const tracing = (log: string[], name: string) =>
  middleware(name, {}, async (_ctx, next) => {
    log.push(`${name} in`);
    const outcome = await next();
    log.push(`${name} out`);
    return outcome;
  });

suite("middleware", (open) => {
  test("runs outermost first: app, group, route; providers in their place", async () => {
    const log: string[] = [];
    const value = provide("value", {}, () => log.push("value"));
    const app = createApp({ use: [tracing(log, "app")] });
    app
      .group("/g", [tracing(log, "group")])
      .get("/", { use: [tracing(log, "route"), value] }, () => void log.push("handler"));
    const t = await open(app);
    await t("GET /g").expect(204);
    expect(log).toEqual(["app in", "group in", "route in", "value", "handler", "route out", "group out", "app out"]);
  });

  test("runs once, even if a route names it again", async () => {
    const log: string[] = [];
    const once = tracing(log, "once");
    const app = createApp({ use: [once] });
    app.group("/g", [once]).get("/", { use: [once] }, () => "x");
    const t = await open(app);
    await t("GET /g").expect(200);
    expect(log).toEqual(["once in", "once out"]);
  });

  test.each([
    ["rejects", async () => Promise.reject(new Error("On purpose."))],
    ["throws", () => raise()],
  ])("that %s after next() ends a body that was to stream", async (_how, answer) => {
    const ended = Promise.withResolvers<void>();
    const failing = middleware("failing", {}, (_ctx, next) => {
      void next();
      return answer();
    });
    const app = createApp(quiet);
    app.get("/", { use: [failing] }, () => ({
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false as const, value: "x" }),
        return: async () => {
          ended.resolve();
          return { done: true as const, value: undefined };
        },
      }),
    }));
    const t = await open(app);
    await t("GET /").expect(500);
    await ended.promise;
  });

  test("reads what was said about the route, by whom it was said, as handlers do", async () => {
    const kinds = (ctx: Pick<Context, "meta">): readonly string[] => policy.all(ctx).map(({ kind }) => kind);
    const seen: (readonly string[])[] = [];
    const looking = middleware("looking", { meta: [policy({ kind: "looked" })] }, (ctx, next) => {
      seen.push(kinds(ctx));
      return next();
    });
    const app = createApp();
    app.group("/g", [looking]).get("/said", { use: [publicAccess()] }, (ctx) => kinds(ctx));
    app.get("/unsaid", (ctx) => kinds(ctx));
    const t = await open(app);
    await t("GET /g/said").expect(200, ["looked", "public"]);
    await t("GET /unsaid").expect(200, []);
    expect(seen).toEqual([["looked", "public"]]);
  });

  test("changes the outcome", async () => {
    const stamp = middleware("stamp", {}, async (_ctx, next) =>
      withHeaders(await next(), { "X-Stamp": "1", vary: "x-one", "content-type": "text/plain" }),
    );
    const vary = middleware("vary", {}, async (_ctx, next) =>
      withHeaders(await next(), { vary: "x-two", "set-cookie": "b=2" }),
    );
    const t = await open(createApp().get("/", { use: [vary, stamp] }, () => reply(200, "x", { "set-cookie": "a=1" })));
    const { headers } = await t("GET /")
      .expect(200, "x")
      .expectHeader("x-stamp", "1")
      .expectHeader("vary", "x-one, x-two")
      .expectHeader("content-type", "text/plain");
    if (carriesCookies) expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  test("reads an outcome", async () => {
    const seen: unknown[] = [];
    const look = middleware("look", {}, async (_ctx, next) => {
      const outcome = await next();
      seen.push(outcome.status, headerOf(outcome, "content-type"), headerOf(outcome, "x-none"));
      return outcome;
    });
    const t = await open(createApp().get("/", { use: [look] }, () => ({ a: 1 })));
    await t("GET /").expect(200);
    expect(seen).toEqual([200, "application/json", undefined]);
  });

  test("answers instead of the handler, by outcome and by Response", async () => {
    let ran = 0;
    const stop = middleware("stop", {}, ({ header }, next) => {
      if (header("x-how") === "outcome") return { status: 202, headers: ["x-by", "outcome"], body: "stopped" };
      if (header("x-how") === "response")
        return new Response("stopped too", {
          status: 203,
          headers: { "x-by": "response", "content-type": "text/plain" },
        });
      return next();
    });
    const t = await open(createApp().get("/", { use: [stop] }, () => ++ran));
    await t("GET /", { headers: { "x-how": "outcome" } })
      .expect(202)
      .expectHeader("x-by", "outcome");
    await t("GET /", { headers: { "x-how": "response" } })
      .expect(203, "stopped too")
      .expectHeader("x-by", "response");
    expect(ran).toBe(0);
    await t("GET /").expect(200, 1);
  });

  test("stays synchronous where all is", async () => {
    const plain = middleware("plain", {}, (_ctx, next) => next());
    const app = createApp().get("/", { use: [plain] }, () => "now");
    const t = await open(app);
    await t("GET /").expect(200, "now");
  });

  test("next() never throws: problems and errors arrive as outcomes", async () => {
    const statuses: number[] = [];
    const watch = middleware("watch", {}, async (_ctx, next) => {
      const outcome = await next();
      statuses.push(outcome.status);
      return outcome;
    });
    const app = createApp({ ...quiet, use: [watch] });
    app.get("/problem", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone());
    app.get("/error", () => Promise.reject(new Error("Broken")));
    app.get("/sync", () => {
      throw new Error("Broken");
    });
    app.get("/invalid", { query: z.object({ a: z.string() }) }, () => "unreached");
    const t = await open(app);
    await t("GET /problem").expectProblem("gone");
    await t("GET /error").expectProblem("internal");
    await t("GET /sync").expectProblem("internal");
    await t("GET /invalid").expectProblem("invalid");
    await t("GET /nothing").expectProblem("notFound");
    await t("POST /sync").expectProblem("methodNotAllowed");
    await t("OPTIONS /sync").expect(204);
    expect(statuses).toEqual([410, 500, 500, 422, 404, 405, 204]);
  });

  test("that calls next() twice is an error", async () => {
    const errors: unknown[] = [];
    const twice = middleware("twice", {}, async (_ctx, next) => {
      await next();
      return next();
    });
    let ran = 0;
    const t = await open(createApp({ onError: (error) => errors.push(error) }).get("/", { use: [twice] }, () => ++ran));
    await t("GET /").expectProblem("internal");
    expect(ran).toBe(1);
    expect(String(errors[0])).toMatch(/next\(\) twice/);
  });

  test("that throws is an error like any other, seen from further out", async () => {
    const seen: number[] = [];
    const outer = middleware("outer", {}, async (_ctx, next) => {
      const outcome = await next();
      seen.push(outcome.status);
      return outcome;
    });
    const bad = middleware("bad", {}, () => {
      throw new Error("Bad");
    });
    const late = middleware("late", {}, async (_ctx, next) => {
      await next();
      throw new Error("Late");
    });
    const t = await open(
      createApp(quiet)
        .get("/bad", { use: [outer, bad] }, () => "x")
        .get("/late", { use: [outer, late] }, () => "x"),
    );
    await t("GET /bad").expectProblem("internal");
    await t("GET /late").expectProblem("internal");
    expect(seen).toEqual([500, 500]);
  });

  test("has its own needs and problems", async () => {
    const user = provide("user", {}, ({ header }) => header("x-user"));
    const guard = middleware(
      "guard",
      { use: [user], problems: { forbidden: problem(403, "No", z.object({ who: z.string() })) } },
      (ctx, next) => (ctx.user === "ada" ? next() : ctx.fail.forbidden({ who: ctx.user ?? "nobody" })),
    );
    const t = await open(createApp({ mode: "test" }).get("/", { use: [guard] }, () => "in"));
    await t("GET /").expectProblem("forbidden", { data: { who: "nobody" } });
    await t("GET /", { headers: { "x-user": "ada" } }).expect(200, "in");
  });

  test("sees what the handler will see: params, query and the route's key", async () => {
    const seen: unknown[] = [];
    const look = middleware("look", {}, ({ params, query, route }, next) => {
      seen.push(params, query, route);
      return next();
    });
    const t = await open(createApp().get("/:id", { use: [look], params: z.object({ id: z.int() }) }, () => "x"));
    await t("GET /5?a=1").expect(200);
    expect(seen).toEqual([{ id: 5 }, { a: "1" }, "GET /:id"]);
  });
});
