import { bytes, createApp, form, problem, provide, reply, stream, text } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type RequestParts, testApp, transports } from "../src/index.ts";
import { serve } from "./serve.ts";

const echo = () =>
  createApp().all("/echo/*rest", async ({ method, incoming, header, request }) => ({
    method,
    target: incoming.target,
    type: header("content-type"),
    cookie: header("cookie"),
    x: header("x-many"),
    sent: method === "GET" ? "" : await request.text(),
  }));

describe.each(transports(serve))("requests, by $name", ({ testApp }) => {
  const parts: { name: string; key: string; given: RequestParts; target: string }[] = [
    {
      name: "params are encoded",
      key: "GET /echo/:a/:b",
      given: { params: { a: "x y/é", b: 7 } },
      target: "/echo/x%20y%2F%C3%A9/7",
    },
    {
      name: "the rest keeps its slashes",
      key: "GET /echo/*rest",
      given: { params: { rest: "a b/c" } },
      target: "/echo/a%20b/c",
    },
    { name: "an optional param is left out", key: "GET /echo/a/:b?", given: {}, target: "/echo/a" },
    { name: "an optional param is given", key: "GET /echo/a/:b?", given: { params: { b: "c" } }, target: "/echo/a/c" },
    {
      name: "query",
      key: "GET /echo/a",
      given: { query: { q: "a&b", page: 2, on: true, tags: ["x", "y"], none: undefined } },
      target: "/echo/a?q=a%26b&page=2&on=true&tags=x&tags=y",
    },
    {
      name: "query beside the key's own",
      key: "GET /echo/a?own=1",
      given: { query: { more: 2 } },
      target: "/echo/a?own=1&more=2",
    },
    {
      name: "dates",
      key: "GET /echo/a",
      given: { query: { at: new Date(0) } },
      target: "/echo/a?at=1970-01-01T00%3A00%3A00.000Z",
    },
  ];
  test.each(parts)("$name", async ({ key, given, target }) => {
    await using t = await testApp(echo());
    await t(key, given).expect(200, { target });
  });

  test("headers and cookies", async () => {
    await using t = await testApp(echo());
    await t("GET /echo/a", {
      headers: { "x-many": ["1", "2"], "x-none": undefined },
      cookies: { a: "1", b: "é;" },
    }).expect(200, { x: "1, 2", cookie: "a=1; b=%C3%A9%3B" });
  });

  const bodies: [
    name: string,
    body: unknown,
    headers: Record<string, string>,
    type: string | RegExp | null,
    sent: string | RegExp,
  ][] = [
    ["an object is JSON", { a: 1 }, {}, "application/json", '{"a":1}'],
    ["null is JSON", null, {}, "application/json", "null"],
    [
      "a list of another type is JSON still",
      [1],
      { "content-type": "application/merge-patch+json" },
      "application/merge-patch+json",
      "[1]",
    ],
    ["a text is text", "hi", {}, /^text\/plain/, "hi"],
    ["a text of a type is that", "{", { "content-type": "application/json" }, "application/json", "{"],
    [
      "an object of form type is a form",
      { a: "x y", b: [1, 2] },
      { "content-type": "application/x-www-form-urlencoded" },
      "application/x-www-form-urlencoded",
      "a=x+y&b=1&b=2",
    ],
    ["URLSearchParams are a form", new URLSearchParams("a=1"), {}, /^application\/x-www-form-urlencoded/, "a=1"],
    ["bytes are bytes", new TextEncoder().encode("raw"), {}, "application/octet-stream", "raw"],
    ["a blob has its own type", new Blob(["a,b"], { type: "text/csv" }), {}, "text/csv", "a,b"],
    ["nothing is nothing", undefined, {}, null, ""],
  ];
  test.each(bodies)("%s", async (_name, body, headers, type, sent) => {
    await using t = await testApp(echo());
    await t("POST /echo/a", { body, headers }).expect(200, { type, sent });
  });

  test("multipart and streams go as they are", async () => {
    await using t = await testApp(echo());
    const data = new FormData();
    data.append("file", new Blob(["x"]), "x.txt");
    await t("POST /echo/a", { body: data }).expect(200, {
      type: /^multipart\/form-data; boundary=/,
      sent: /filename="x.txt"/,
    });
    await t("POST /echo/a", { body: new Blob(["streamed"]).stream() }).expect(200, { sent: "streamed" });
  });

  test("raw requests", async () => {
    await using t = await testApp(createApp().get("/x", () => reply(302, undefined, { location: "/y" })));
    const response = await t.fetch("/x?y");
    expect([response.status, response.headers.get("location")]).toEqual([302, "/y"]);
    expect(t.origin).toMatch(/^http:\/\//);
  });

  test("providers are replaced, and closing disposes what was made", async () => {
    const log: string[] = [];
    const db = provide("db", { scope: "app" }, (): { name: string } => {
      throw new Error("The real one");
    });
    const pool = provide("pool", { scope: "app", dispose: () => void log.push("closed") }, () => 1);
    const t = await testApp(
      createApp().get("/", { use: [db, pool] }, (ctx) => ctx.db.name),
      { override: [db.with({ name: "fake" })] },
    );
    await t("GET /").expect(200, "fake");
    await t.close();
    expect(log).toEqual(["closed"]);
  });

  test("an app that does not compile throws", async () => {
    await expect(
      testApp(
        createApp()
          .get("/x", () => 1)
          .get("/x", () => 2),
      ),
    ).rejects.toThrow(/OS_CONFLICTING_PATH/);
  });
});

describe("answers", () => {
  const app = createApp()
    .get("/json", () => ({ a: 1 }))
    .get("/text", () => "text")
    .get("/bytes", () => new Uint8Array([1, 2]))
    .get("/none", () => undefined)
    .get("/broken", () => reply(200, "{", { "content-type": "application/json" }))
    .get("/problem", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone("Long ago"));

  test("are read by their type", async () => {
    await using t = await testApp(app);
    expect(await t("GET /json")).toMatchObject({ status: 200, value: { a: 1 }, text: '{"a":1}', problem: undefined });
    expect((await t("GET /text")).value).toBe("text");
    expect((await t("GET /bytes")).value).toEqual(new Uint8Array([1, 2]));
    expect((await t("GET /none")).value).toBeUndefined();
    expect((await t("GET /broken")).value).toBe("{");
    const { problem: document, headers } = await t("GET /problem");
    expect(document).toEqual({ type: "about:blank", title: "Gone", status: 410, name: "gone", detail: "Long ago" });
    expect(headers.get("content-type")).toBe("application/problem+json");
  });

  test("of every kind of body", async () => {
    const kinds = createApp()
      .post("/form", { body: form(z.object({ n: z.number() })) }, ({ body }) => body)
      .post("/text", { body: text() }, ({ body }) => body)
      .post("/bytes", { body: bytes() }, ({ body }) => body)
      .post("/stream", { body: stream() }, ({ body }) => body);
    await using t = await testApp(kinds);
    await t("POST /form", { body: new URLSearchParams("n=1") }).expect(200, { n: 1 });
    await t("POST /text", { body: "x" }).expect(200, "x");
    await t("POST /bytes", { body: new Uint8Array([7]) }).expect(200, new Uint8Array([7]));
    await t("POST /stream", { body: new Uint8Array([7]) }).expect(200, new Uint8Array([7]));
  });
});

describe("what it refuses", () => {
  const refused: [key: string, parts: object, says: RegExp][] = [
    ["/no-method", {}, /no route key/],
    ["GET  /two-spaces", {}, /no route key/],
    ["GET relative", {}, /no route key/],
    ["GET /:id", {}, /needs params\.id/],
    ["GET /:id", { params: { id: "" } }, /needs params\.id/],
    ["GET /*rest", { params: {} }, /needs params\.rest/],
    ["GET /:id", { params: { id: ".." } }, /dot segment/],
    ["GET /*rest", { params: { rest: "a/../b" } }, /dot segment/],
    ["GET /", { query: { deep: { a: 1 } } }, /"deep" is an object/],
  ];
  test.each(refused)("%s %j", async (key, parts, says) => {
    await using t = await testApp(createApp());
    expect(() => t(key, parts)).toThrow(says);
  });
});
