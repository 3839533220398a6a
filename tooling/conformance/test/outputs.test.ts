import { createApp, event, problem, provide, reply } from "@openspeed/core";
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { expect, test } from "vitest";
import { z } from "zod";
import { quiet, suite } from "./suite.ts";

const modes = ["production", "development", "test"] as const;

suite("declared outputs", (open) => {
  const User = z.object({
    id: z.string(),
    age: z.number().nullable(),
    tags: z.array(z.string()),
    home: z.object({ city: z.string() }).optional(),
  });
  const row = {
    id: "1",
    age: null,
    tags: ["a", 'b"\n'],
    home: { city: "Bangkok", alarm: "0000" },
    password: "hunter2",
  };

  test.each(modes)("send what is declared and nothing else, in %s", async (mode) => {
    const app = createApp({ mode });
    app
      .get("/one", { output: User }, () => row)
      .get("/many", { output: z.array(User) }, () => [row, { ...row, home: undefined }]);
    app
      .get("/async", { output: User }, async () => row)
      .get("/reply", { output: { 201: User } }, () => reply(201, row));
    app.get("/nullable", { output: User.nullable() }, () => row).get("/null", { output: User.nullable() }, () => null);
    const sent = { id: "1", age: null, tags: ["a", 'b"\n'], home: { city: "Bangkok" } };
    const t = await open(app);
    expect((await t("GET /one").expect(200).expectHeader("content-type", "application/json")).value).toEqual(sent);
    expect((await t("GET /many").expect(200)).value).toEqual([sent, { ...sent, home: undefined }]);
    expect((await t("GET /async").expect(200)).value).toEqual(sent);
    expect((await t("GET /reply").expect(201)).value).toEqual(sent);
    expect((await t("GET /nullable").expect(200)).value).toEqual(sent);
    expect((await t("GET /null").expect(200)).value).toBeNull();
  });

  test.each(modes)("apply transforms and defaults, in %s", async (mode) => {
    const Out = z.object({ at: z.date().transform((date) => date.toISOString()), n: z.number().default(7) });
    const t = await open(createApp({ mode }).get("/", { output: Out }, () => ({ at: new Date(0), secret: 1 })));
    expect((await t("GET /").expect(200)).value).toEqual({ at: "1970-01-01T00:00:00.000Z", n: 7 });
  });

  test.each(modes)("apply what changes a value within its type, in %s", async (mode) => {
    const shapes = [
      z.object({ a: z.string().trim() }),
      z.object({ a: z.coerce.string().trim() }),
      z.object({
        a: z
          .string()
          .transform((text) => text.trim())
          .pipe(z.string()),
      }),
      toStandardJsonSchema(v.object({ a: v.pipe(v.string(), v.trim()) })),
      type({ a: "string.trim" }),
    ];
    for (const output of shapes) {
      const t = await open(createApp({ mode }).get("/", { output }, () => ({ a: " x " })));
      expect((await t("GET /").expect(200)).value).toEqual({ a: "x" });
    }
  });

  test.each(modes)("of many shapes, in %s", async (mode) => {
    const cases: [schema: z.ZodType, value: unknown, sent: unknown][] = [
      [z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]), { b: 1, c: 2 }, { b: 1 }],
      [
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("x"), a: z.string() }),
          z.object({ kind: z.literal("y") }),
        ]),
        { kind: "y", a: "no" },
        { kind: "y" },
      ],
      [z.record(z.string(), z.number()), { a: 1, b: 2 }, { a: 1, b: 2 }],
      [z.tuple([z.string(), z.number()]), ["a", 1], ["a", 1]],
      [z.array(z.array(z.number())), [[1], [], [2, 3]], [[1], [], [2, 3]]],
      [z.array(z.object({ a: z.number().optional() })), [{ a: undefined }, { a: 1, b: 2 }], [{}, { a: 1 }]],
      [z.object({ any: z.unknown() }), { any: { deep: [1] }, more: 1 }, { any: { deep: [1] } }],
      [z.looseObject({ a: z.string() }), { a: "1", more: 1 }, { a: "1", more: 1 }],
      [z.object({ a: z.string() }).and(z.object({ b: z.string() })), { a: "1", b: "2", c: 3 }, { a: "1", b: "2" }],
      [z.enum(["a", "b"]), "a", "a"],
      [z.boolean(), false, false],
      [z.object({ 'quo"te': z.string(), "": z.number() }), { 'quo"te': "x", "": 0 }, { 'quo"te': "x", "": 0 }],
    ];
    for (const [schema, value, sent] of cases) {
      const t = await open(createApp({ mode }).get("/", { output: schema }, () => value));
      expect((await t("GET /").expect(200)).value).toEqual(sent);
    }
  });

  test.each(modes)("recursive, in %s", async (mode) => {
    const Tree = z.object({
      name: z.string(),
      get children() {
        return z.array(Tree);
      },
    });
    const tree = { name: "root", secret: 1, children: [{ name: "leaf", secret: 2, children: [] }] };
    const t = await open(createApp({ mode }).get("/", { output: Tree }, () => tree));
    expect((await t("GET /").expect(200)).value).toEqual({ name: "root", children: [{ name: "leaf", children: [] }] });
  });

  test.each(modes)("items of a stream are each as declared, in %s", async (mode) => {
    async function* rows() {
      yield row;
      yield event(row, { id: "2" });
    }
    const t = await open(createApp({ mode }).get("/", { output: User }, () => rows() as AsyncIterable<typeof row>));
    const { text } = await t("GET /").expect(200).expectHeader("content-type", "application/x-ndjson");
    expect(text).not.toMatch(/hunter2|alarm/);
    expect(text.trim().split("\n")).toHaveLength(2);
    const events = await t("GET /", { headers: { accept: "text/event-stream" } }).expect(200, /id: 2\ndata: \{/);
    expect(events.text).not.toMatch(/hunter2|alarm/);
  });

  test("a status without a body", async () => {
    const t = await open(
      createApp({ mode: "test" })
        .delete("/", { output: { 204: null } }, () => reply(204))
        .put("/", { output: { 204: null } }, () => undefined),
    );
    await t("DELETE /").expect(204).expectHeader("content-type", null);
    await t("PUT /").expect(204);
  });

  test("a value takes the declared success status", async () => {
    const t = await open(
      createApp({ mode: "test" }).post("/", { output: { 201: z.object({ id: z.string() }) } }, () => ({ id: "1" })),
    );
    await t("POST /").expect(201, { id: "1" });
  });
});

suite("honest responses", (open) => {
  const text = z.object({ a: z.string() });
  const wrong = (value: unknown): never => value as never;
  const dishonest: { name: string; mount: (app: ReturnType<typeof createApp>) => unknown; says: RegExp }[] = [
    {
      name: "an undeclared shape",
      mount: (app) => app.get("/", { output: text }, () => wrong({ a: 1 })),
      says: /#\/a/,
    },
    {
      name: "an undeclared shape, later",
      mount: (app) => app.get("/", { output: text }, async () => wrong({})),
      says: /#\/a/,
    },
    {
      name: "a text where an object is declared",
      mount: (app) => app.get("/", { output: text }, () => wrong("text")),
      says: /declared/i,
    },
    {
      name: "nothing where an object is declared",
      mount: (app) => app.get("/", { output: text }, () => wrong(undefined)),
      says: /declared/i,
    },
    {
      name: "an undeclared status",
      mount: (app) => app.get("/", { output: text }, () => wrong(reply(202, { a: "1" }))),
      says: /202/,
    },
    {
      name: "an undeclared status of several",
      mount: (app) => app.get("/", { output: { 200: text, 201: text } }, () => wrong(reply(203, { a: "1" }))),
      says: /203/,
    },
    {
      name: "a Response with an undeclared status",
      mount: (app) => app.get("/", { output: text }, () => new Response("x", { status: 202 })),
      says: /202/,
    },
    { name: "an undeclared problem status", mount: (app) => app.get("/", () => reply(418, "teapot")), says: /418/ },
    {
      name: "a body where none is declared",
      mount: (app) => app.get("/", { output: { 202: null } }, () => wrong(reply(202, { a: 1 }))),
      says: /202/,
    },
  ];
  for (const mode of ["development", "test"] as const) {
    test.each(dishonest)(`$name is loud in ${mode}`, async ({ mount, says }) => {
      const app = createApp({ ...quiet, mode });
      mount(app);
      const t = await open(app);
      await t("GET /").expectProblem("internal", { detail: says });
    });
  }

  test("in production an undeclared status is served", async () => {
    const app = createApp({ mode: "production" })
      .get("/", { output: text }, () => wrong(reply(202, { a: "1" })))
      .get("/teapot", () => reply(418, "teapot"));
    const t = await open(app);
    await t("GET /").expect(202);
    await t("GET /teapot").expect(418, "teapot");
  });

  test("what is declared is honest: problem statuses, redirects, the kernel's own", async () => {
    const user = provide("user", { problems: { unauthenticated: problem(401, "Sign in") } }, () => "ada");
    const app = createApp({ mode: "test" });
    app.get("/moved", { output: text }, () => new Response(null, { status: 302, headers: { location: "/" } }));
    app.get(
      "/own",
      { use: [user], output: text },
      () => new Response("no", { status: 401, headers: { "content-type": "text/plain" } }),
    );
    app.get("/unmodified", { output: text }, () => new Response(null, { status: 304 }));
    const t = await open(app);
    await t("GET /moved").expect(302);
    await t("GET /own").expect(401, "no");
    await t("GET /unmodified").expect(304);
  });
});
