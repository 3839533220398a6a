import { createApp, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { suite } from "./suite.ts";

suite("named schemas", (open) => {
  test("texts become what a schema declares that has a name of its own", async () => {
    const Page = z.int().meta({ id: "Page" });
    const Query = z.object({ page: Page, pages: z.array(Page) }).meta({ id: "Query" });
    const t = await open(createApp().get("/", { query: Query }, (ctx) => ctx.query));
    await t("GET /?page=2&pages=3&pages=4").expect(200, { page: 2, pages: [3, 4] });
    await t("GET /?page=x&pages=3").expectProblem("invalid", { errors: [{ in: "query", pointer: "#/page" }] });
  });

  test("params of one are held against the path", async () => {
    const Params = z.object({ id: z.int() }).meta({ id: "Params" });
    const t = await open(createApp().get("/:id", { params: Params }, (ctx) => ctx.params));
    await t("GET /7").expect(200, { id: 7 });
    const wrong = createApp().get("/:other", { params: Params }, () => "x");
    await expect(wrong.compile()).rejects.toMatchObject({ diagnostics: [{ code: "OS_PARAMS_MISMATCH" }] });
  });

  test("one that holds itself is written too, and nothing undeclared with it", async () => {
    const Folder = z
      .object({
        name: z.string(),
        get folders() {
          return z.array(Folder);
        },
      })
      .meta({ id: "Folder" });
    const value = { name: "a", secret: 1, folders: [{ name: "b", secret: 2, folders: [] }] };
    const t = await open(createApp({ mode: "production" }).get("/", { output: Folder }, () => value));
    const { text } = await t("GET /").expect(200);
    expect(text).toBe('{"name":"a","folders":[{"name":"b","folders":[]}]}');
  });
});

suite("query", (open) => {
  test.each<[query: string, seen: Record<string, unknown>]>([
    ["", {}],
    ["a=1&b=2", { a: "1", b: "2" }],
    ["a=1&a=2", { a: "1" }],
    ["a", { a: "" }],
    ["a=", { a: "" }],
    ["=x", { "": "x" }],
    ["&&a=1&&", { a: "1" }],
    ["a=x%20y+z", { a: "x y z" }],
    ["a%20b=1", { "a b": "1" }],
    ["a=b=c", { a: "b=c" }],
    ["a=%zz", { a: "%zz" }],
    ["a=%E0%B9%84", { a: "ไ" }],
  ])("undeclared: %s", async (query, seen) => {
    const t = await open(createApp().get("/", (ctx) => ctx.query));
    expect((await t(`GET /?${query}`).expect(200)).value).toEqual(seen);
  });

  const Query = z.object({
    n: z.number().optional(),
    i: z.int().optional(),
    b: z.boolean().optional(),
    s: z.string().optional(),
    tags: z.array(z.string()).optional(),
    ids: z.array(z.number()).optional(),
    either: z.union([z.string(), z.number()]).optional(),
    kind: z.enum(["x", "y"]).optional(),
    one: z.literal(1).optional(),
    nothing: z.number().nullable().optional(),
  });
  const declared = () => createApp().get("/", { query: Query }, (ctx) => ctx.query);

  test.each<[query: string, seen: Record<string, unknown>]>([
    ["n=1.5&i=-3&b=true&s=7", { n: 1.5, i: -3, b: true, s: "7" }],
    ["n=1e3&b=false", { n: 1000, b: false }],
    ["tags=a&tags=b&ids=1&ids=2", { tags: ["a", "b"], ids: [1, 2] }],
    ["tags=a&ids=1", { tags: ["a"], ids: [1] }],
    ["either=1&kind=x&one=1&nothing=4", { either: "1", kind: "x", one: 1, nothing: 4 }],
    ["unknown=1", {}],
  ])("decoded to the declared types: %s", async (query, seen) => {
    const t = await open(declared());
    expect((await t(`GET /?${query}`).expect(200)).value).toEqual(seen);
  });

  test.each([
    ["n=abc", "#/n"],
    ["n=", "#/n"],
    ["n=0x10", "#/n"],
    ["n=%201", "#/n"],
    ["n=01", "#/n"],
    ["n=NaN", "#/n"],
    ["n=Infinity", "#/n"],
    ["i=1.5", "#/i"],
    ["i=9007199254740993", "#/i"],
    ["b=1", "#/b"],
    ["b=TRUE", "#/b"],
    ["s=1&s=2", "#/s"],
    ["n=1&n=2", "#/n"],
    ["ids=1&ids=x", "#/ids/1"],
    ["kind=z", "#/kind"],
  ])("refused: %s", async (query, pointer) => {
    const t = await open(declared());
    await t(`GET /?${query}`).expectProblem("invalid", { errors: [{ in: "query", pointer }] });
  });

  test("names that a prototype has are plain names", async () => {
    const t = await open(
      createApp().get("/", ({ query }) => ({ keys: Object.keys(query), polluted: Reflect.get({}, "x") ?? null })),
    );
    const { value } = await t("GET /?__proto__=x&constructor=y&toString=z").expect(200);
    expect(value).toEqual({ keys: ["__proto__", "constructor", "toString"], polluted: null });
  });

  test("the number of fields is bounded", async () => {
    const t = await open(
      createApp({ limits: { query: 3 } }).get(
        "/",
        { query: z.record(z.string(), z.string()) },
        ({ query }) => Object.keys(query).length,
      ),
    );
    await t("GET /?a=1&b=1&c=1").expect(200, 3);
    await t("GET /?a=1&b=1&c=1&d=1").expectProblem("malformed");
  });

  test("the number of undeclared fields is bounded", async () => {
    const t = await open(createApp().get("/", ({ query }) => Object.keys(query).length));
    await t(`GET /?${"a&".repeat(256)}`).expect(200);
    await t(`GET /?${"a&".repeat(257)}`).expectProblem("malformed");
  });

  test("optional, default and transform", async () => {
    const query = z.object({ page: z.number().default(1), q: z.string().transform((text) => text.length) });
    const t = await open(createApp().get("/", { query }, (ctx) => ctx.query));
    await t("GET /", { query: { q: "four" } }).expect(200, { page: 1, q: 4 });
    await t("GET /", { query: { q: "", page: 3 } }).expect(200, { page: 3, q: 0 });
  });
});

suite("declared params", (open) => {
  test("are decoded and validated", async () => {
    const params = z.object({ id: z.int().min(1), flag: z.boolean().optional() });
    const t = await open(createApp().get("/items/:id/:flag?", { params }, (ctx) => ctx.params));
    await t("GET /items/:id", { params: { id: 5 } }).expect(200, { id: 5 });
    await t("GET /items/5/true").expect(200, { id: 5, flag: true });
    await t("GET /items/0").expectProblem("invalid", { errors: [{ in: "params", pointer: "#/id" }] });
    await t("GET /items/x").expectProblem(422);
  });

  test("leave an undeclared query readable", async () => {
    const t = await open(
      createApp().get("/:id", { params: z.object({ id: z.string() }) }, ({ params, query }) => ({
        ...params,
        ...query,
      })),
    );
    await t("GET /7?a=1").expect(200, { id: "7", a: "1" });
  });
});

suite("headers", (open) => {
  test("are declared by name, in any case", async () => {
    const headers = z.object({ "x-count": z.int(), "x-flag": z.boolean().optional() });
    const t = await open(createApp().get("/", { headers }, (ctx) => ctx.headers));
    expect(
      (await t("GET /", { headers: { "X-Count": "3", "X-FLAG": "true", "x-other": "no" } }).expect(200)).value,
    ).toEqual({ "x-count": 3, "x-flag": true });
    await t("GET /").expectProblem("invalid", { errors: [{ in: "headers", pointer: "#/x-count" }] });
  });

  test("are read by ctx.header", async () => {
    const t = await open(createApp().get("/", ({ header }) => [header("X-One"), header("x-none")]));
    expect((await t("GET /", { headers: { "x-one": "1" } }).expect(200)).value).toEqual(["1", null]);
  });

  test("all of them, where the schema names none", async () => {
    const t = await open(
      createApp().get("/", { headers: z.record(z.string(), z.string()) }, ({ headers }) => headers["x-one"] ?? "none"),
    );
    await t("GET /", { headers: { "x-one": "1" } }).expect(200, "1");
  });

  test("repeated fields are joined", async () => {
    const t = await open(createApp().get("/", ({ header }) => header("x-many") ?? ""));
    await t("GET /", { headers: { "x-many": ["a", "b"] } }).expect(200, "a, b");
  });
});

suite("the context", (open) => {
  test("shows the request, built on demand", async () => {
    const t = await open(
      createApp().post("/a", async ({ request, method, path }) => ({
        url: new URL(request.url).pathname,
        method,
        path,
        sent: await request.text(),
        x: request.headers.get("x"),
      })),
    );
    await t("POST /a", { body: "hello", headers: { x: "1" } }).expect(200, {
      url: "/a",
      method: "POST",
      path: "/a",
      sent: "hello",
      x: "1",
    });
  });

  test("a method is shown as received", async () => {
    const seen: string[] = [];
    const t = await open(createApp().get("/", ({ method }) => void seen.push(method)));
    await t("HEAD /").expect(204);
    expect(seen).toEqual(["HEAD"]);
  });

  test("a route without a shape takes a body by the request or not at all", async () => {
    const t = await open(
      createApp().post(
        "/",
        route(() => "unread"),
      ),
    );
    await t("POST /", { body: { any: 1 } }).expect(200, "unread");
    await t("POST /", { body: { any: 1 } }).expect(200, "unread");
  });
});
