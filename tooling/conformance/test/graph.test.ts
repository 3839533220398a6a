import { bytes, createApp, graph, lazy, middleware, problem, provide, route, text } from "@openspeed/core";
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { db, full, user } from "./full-app.ts";

describe("the graph", () => {
  test("says everything about a route", async () => {
    const { routes } = await graph(full());
    const one = routes.find(({ key }) => key === "GET /users/:id");
    expect(one).toMatchObject({
      method: "GET",
      path: "/users/:id",
      source: "routes/users/[id].ts",
      summary: "One user",
      description: "By id",
      tags: ["people"],
      deprecated: true,
      uses: expect.arrayContaining(["env", "db", "user", "guard"]),
      policies: [{ kind: "requires", permission: "ticket:read" }],
      meta: { owner: ["people"] },
      offers: ["application/json", "text/csv"],
      limits: { handler: "5s" },
      params: { input: { type: "object", properties: { id: { type: "integer" } }, required: ["id"] } },
      headers: { input: { properties: { "x-key": { type: "string" } } } },
      cookies: { input: { properties: { session: { type: "string" } } } },
      problems: {
        forbidden: { status: 403, title: "No", data: { output: { properties: { why: { type: "string" } } } } },
        notFound: { status: 404, title: "No such user" },
        unauthenticated: { status: 401, title: "Sign in" },
      },
    });
  });

  test("tells what the kernel may answer in a route's place", async () => {
    const { routes } = await graph(full().get("/plain", () => "x"));
    const names = (key: string) => Object.keys(routes.find((route) => route.key === key)?.problems ?? {});
    expect(names("GET /plain")).toEqual(["internal", "malformed", "overloaded", "timeout", "uriTooLong"]);
    expect(names("GET /users/:id")).toEqual(expect.arrayContaining(["invalid", "notAcceptable"]));
    expect(names("POST /users/:id")).toEqual(expect.arrayContaining(["invalid", "tooLarge", "unsupportedMediaType"]));
  });

  test("names the items that routes use, and the problems that each declares", async () => {
    const limit = middleware("limit", { use: [user], problems: { busy: problem(429, "Slow down") } }, (_, next) =>
      next(),
    );
    const { providers, middleware: wraps } = await graph(createApp().get("/", { use: [limit] }, () => "x"));
    expect(wraps).toEqual([{ name: "limit", needs: ["user"], problems: { busy: 429 } }]);
    expect(providers.find(({ name }) => name === "user")).toMatchObject({
      scope: "request",
      needs: ["db"],
      problems: { unauthenticated: 401 },
    });
  });

  test("shows both sides of a transform", async () => {
    const { routes } = await graph(full());
    const one = routes.find(({ key }) => key === "GET /users/:id");
    expect(one?.query?.input).toMatchObject({ properties: { since: { type: "string" } } });
    expect(one?.query?.output).toMatchObject({ properties: { since: {} } });
    expect(one?.outputs["200"]?.input).toMatchObject({ properties: { name: { type: "string" } } });
    expect(one?.outputs["204"]).toBeNull();
  });

  test("describes an app that strict mode does not start", async () => {
    const app = createApp({ strict: true }).get("/", () => "x");
    await expect(app.compile()).rejects.toThrow("OS_UNPOLICED_ROUTE");
    expect((await graph(app)).routes).toMatchObject([{ key: "GET /", policies: [] }]);
  });

  test("is in stable order, whatever the order of mounting", async () => {
    const keys = ["POST /b", "GET /b", "GET /a", "GET /a/:x", "DELETE /a"];
    const made = async (order: readonly string[]) => {
      const app = createApp();
      for (const key of order) app.mount({ [key]: route({ use: [user, db] }, () => "x") });
      return JSON.stringify(await graph(app));
    };
    const first = await made(keys);
    expect(await made(keys.toReversed())).toBe(first);
    expect((await graph(full())).routes.map(({ key }) => key)).toEqual(["GET /a", "GET /users/:id", "POST /users/:id"]);
  });

  test("is JSON and versioned", async () => {
    const made = await graph(full());
    expect(made.version).toBe(1);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  test("names providers with scope and needs, and plugins with capabilities", async () => {
    const { providers, plugins } = await graph(full());
    expect(providers).toEqual([
      { name: "db", scope: "app", needs: ["env"], problems: {} },
      { name: "env", scope: "app", needs: [], problems: {} },
      { name: "user", scope: "request", needs: ["db"], problems: { unauthenticated: 401 } },
    ]);
    expect(plugins).toEqual([{ name: "seen", capabilities: ["compiled"] }]);
  });

  test("loads lazy routes and creates no values", async () => {
    let made = 0;
    const costly = provide("costly", { scope: "app" }, () => ++made);
    const { routes } = await graph(
      createApp().get(
        "/",
        lazy(async () => route({ use: [costly] }, () => "x")),
      ),
    );
    expect(routes[0]?.uses).toEqual(["costly"]);
    expect(made).toBe(0);
    expect((await graph(full())).routes[0]?.body).toMatchObject({
      types: ["application/x-www-form-urlencoded"],
      input: { properties: { n: { type: "number" } } },
    });
  });

  test("names the media types of bodies", async () => {
    const app = createApp()
      .post("/bytes", { body: bytes(["image/png"]) }, () => "x")
      .post("/json", { body: z.string() }, () => "x")
      .post("/text", { body: text() }, () => "x");
    const bodies = (await graph(app)).routes.map(({ body }) => body?.types);
    expect(bodies[0]).toEqual(["image/png"]);
    expect(bodies[1]?.[0]).toBe("application/json");
  });

  test.each([
    ["zod", z.object({ n: z.number() })],
    ["valibot, wrapped", toStandardJsonSchema(v.object({ n: v.number() }))],
    ["arktype", type({ n: "number" })],
  ])("has JSON Schema from %s", async (_name, body) => {
    const { routes } = await graph(createApp().post("/", { body }, () => "x"));
    expect(routes[0]?.body?.input).toMatchObject({
      type: "object",
      properties: { n: { type: "number" } },
      required: ["n"],
    });
  });

  test("leaves open what a library cannot say", async () => {
    const body = v.object({ n: v.number() });
    const { routes } = await graph(
      createApp().post("/", { body, query: z.object({ d: z.date(), s: z.string() }) }, () => "x"),
    );
    expect(routes[0]?.body?.input).toEqual({});
    expect(routes[0]?.query?.input).toMatchObject({ properties: { s: { type: "string" } } });
  });
});
