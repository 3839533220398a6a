import {
  type App,
  type AppOptions,
  CompileError,
  createApp,
  graph,
  lazy,
  middleware,
  policy,
  provide,
  publicAccess,
  reply,
  route,
} from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { identity, mistakes, mountAt, text } from "./mistakes.ts";

async function diagnose(app: App) {
  const error: unknown = await app.ready().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof CompileError ? error.diagnostics : [];
}

describe("what does not compile", () => {
  test.each(mistakes)("$name", async ({ code, says, options, mount }) => {
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
    app.mount([
      mountAt("/a", "a.ts"),
      mountAt("/a", "b.ts"),
      {
        method: "GET",
        path: "/users/:id",
        source: "c.ts",
        route: route({ use: [identity], params: z.object({ name: z.string() }) }, text),
      },
    ]);
    const codes = (await diagnose(app)).map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining([
        "OS_INVALID_LIMIT",
        "OS_CONFLICTING_PATH",
        "OS_UNBOUND_PORT",
        "OS_PARAMS_MISMATCH",
        "OS_UNPOLICED_ROUTE",
      ]),
    );
    await expect(app.ready()).rejects.toThrow(/OS_INVALID_LIMIT[\s\S]*OS_UNBOUND_PORT/);
  });

  test("keeps the graph from being made, lazy routes included", async () => {
    const app = createApp().get(
      "/users/:id",
      lazy(async () => route({ params: z.object({ name: z.string() }) }, text)),
    );
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
    {
      name: "literal, param and rest side by side",
      mount: (app) => app.get("/a/b", text).get("/a/:x", text).get("/a/*r", text),
    },
    {
      name: "one provider asked for twice",
      mount: (app) =>
        ((db) => app.get("/", { use: [db, provide("list", { use: [db] }, text)] }, text))(provide("db", {}, text)),
    },
    { name: "an unbound port that nobody needs", mount: (app) => app.get("/", text) },
    {
      name: "a loose params schema",
      mount: (app) => app.get("/:a/:b", { params: z.looseObject({ a: z.string() }) }, text),
    },
    {
      name: "a params schema whose library cannot say",
      mount: (app) => app.get("/:a", { params: z.custom<{ a: string }>() }, text),
    },
    {
      name: "an optional param",
      mount: (app) => app.get("/x/:a?", { params: z.object({ a: z.string().optional() }) }, text),
    },
    {
      name: "a public route in strict mode",
      options: { strict: true },
      mount: (app) => app.get("/", { use: [publicAccess()] }, text),
    },
    {
      name: "a guard with a policy in strict mode",
      options: { strict: true },
      mount: (app) =>
        app.get(
          "/",
          { use: [middleware("guard", { meta: [policy({ kind: "signed-in" })] }, (_ctx, next) => next())] },
          text,
        ),
    },
    {
      name: "a policy from the group in strict mode",
      options: { strict: true },
      mount: (app) => app.group("/g", [publicAccess()]).get("/", text),
    },
    {
      name: "a policy from the app in strict mode",
      options: { strict: true, use: [publicAccess()] },
      mount: (app) => app.get("/", text),
    },
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
