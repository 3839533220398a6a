import { createApp, json } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { suite } from "./suite.ts";

const encoder = new TextEncoder();

suite("a JSON body", (open) => {
  const app = (limits = {}) => createApp({ limits }).post("/", { body: z.unknown() }, ({ body }) => ({ got: body }));
  const send = (body: string, type = "application/json") => ({
    method: "POST",
    headers: { "content-type": type },
    body,
  });

  test.each([
    '{"a":1}',
    "[1,2]",
    '"text"',
    "1",
    "null",
    "true",
    '{"deep":{"deep":[{}]}}',
    '{"a":"{[{["}',
    ' {"a" : "\\u00e9\\""} ',
  ])("%s", async (sent) => {
    const t = await open(app());
    const response = await t.fetch("/", send(sent));
    expect(await response.json()).toEqual({ got: JSON.parse(sent) });
  });

  test.each(["{", "{'a':1}", "undefined", "[1,]", '{"a":1}x', "NaN"])("%s is malformed", async (sent) => {
    const t = await open(app());
    await t("POST /", { body: sent, headers: { "content-type": "application/json" } }).expectProblem("malformed");
  });

  test.each([
    ["application/json", 200],
    ["application/json; charset=utf-8", 200],
    ["APPLICATION/JSON", 200],
    ["application/merge-patch+json", 200],
    ["application/vnd.api+json;v=1", 200],
    ["text/plain", 415],
    ["application/jsonx", 415],
    ["application/x-www-form-urlencoded", 415],
    ["multipart/form-data; boundary=x", 415],
    ["text/json-patch", 415],
    ["+json", 415],
  ])("content type %s is %i", async (type, status) => {
    const t = await open(app());
    expect((await t.fetch("/", send("{}", type))).status).toBe(status);
  });

  test("a wrong type says what is right", async () => {
    const t = await open(app());
    await t("POST /", { body: "x" })
      .expectProblem("unsupportedMediaType", { detail: /application\/json/ })
      .expectHeader("accept", /application\/json/);
  });

  test("bytes without a type are not guessed at", async () => {
    const t = await open(app());
    const response = await t.fetch("/", { method: "POST", body: encoder.encode("{}") });
    expect(response.status).toBe(415);
  });

  test("an empty body is no value", async () => {
    const t = await open(
      createApp().post("/", { body: z.object({ a: z.string() }).optional() }, ({ body }) => ({
        absent: body === undefined,
      })),
    );
    await t("POST /").expect(200, { absent: true });
    expect(
      await (await t.fetch("/", { method: "POST", headers: { "content-type": "application/json" } })).json(),
    ).toEqual({ absent: true });
    const required = await open(createApp().post("/", { body: z.object({ a: z.string() }) }, () => "unreached"));
    await required("POST /").expectProblem("invalid", { errors: [{ in: "body", pointer: "#" }] });
  });

  test("a body of the limit passes, one byte more is too large", async () => {
    const t = await open(app({ body: 10 }));
    await t.fetch("/", send('"12345678"')).then(({ status }) => expect(status).toBe(200));
    await t("POST /", { body: '"123456789"', headers: { "content-type": "application/json" } }).expectProblem(
      "tooLarge",
    );
    await t("POST /", { body: '"ééééé"', headers: { "content-type": "application/json" } }).expectProblem("tooLarge");
  });

  test("a route's own limit counts more", async () => {
    const t = await open(
      createApp({ limits: { body: 10 } }).post(
        "/",
        { body: z.string(), limits: { body: "1KiB" } },
        ({ body }) => body.length,
      ),
    );
    await t("POST /", {
      body: JSON.stringify("x".repeat(500)),
      headers: { "content-type": "application/json" },
    }).expect(200, 500);
    await t("POST /", {
      body: JSON.stringify("x".repeat(2000)),
      headers: { "content-type": "application/json" },
    }).expectProblem("tooLarge");
  });

  test("nesting is bounded", async () => {
    const t = await open(app());
    const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    expect((await t.fetch("/", send(deep(64)))).status).toBe(200);
    expect((await t.fetch("/", send(deep(65)))).status).toBe(400);
    expect((await t.fetch("/", send(`"${"[".repeat(500)}"`))).status).toBe(200);
    expect((await t.fetch("/", send(`{"\\"${"[{".repeat(100)}":1}`))).status).toBe(200);
    expect((await t.fetch("/", send("[".repeat(100_000)))).status).toBe(400);
    const own = await open(app({ jsonDepth: 2 }));
    expect((await own.fetch("/", send("[[1]]"))).status).toBe(200);
    expect((await own.fetch("/", send("[[[1]]]"))).status).toBe(400);
  });

  test.each([
    ['{"__proto__":{"admin":true}}', 400],
    ['{"a":[{"__proto__":1}]}', 400],
    ['{"\\u005f_proto__":{"admin":true}}', 400],
    ['{"constructor":{"prototype":{"admin":true}}}', 400],
    ['{"con\\u0073tructor":{"prototype":{}}}', 400],
    ['{"constructor":"Bauer & Co"}', 200],
    ['{"constructor":null}', 200],
    ['{"note":"__proto__ and constructor"}', 200],
    ['{"prototype":{}}', 200],
  ])("%s is %i", async (sent, status) => {
    const t = await open(app());
    expect((await t.fetch("/", send(sent))).status).toBe(status);
    expect(Reflect.get({}, "admin")).toBeUndefined();
  });

  test("a byte order mark is no part of it", async () => {
    const t = await open(app());
    expect(await (await t.fetch("/", send("\uFEFF[1]"))).json()).toEqual({ got: [1] });
  });

  test("json(schema) is the same, said aloud", async () => {
    const t = await open(createApp().post("/", { body: json(z.object({ n: z.number() })) }, ({ body }) => body.n + 1));
    await t("POST /", { body: { n: 1 } }).expect(200, 2);
    await t("POST /", { body: { n: "1" } }).expectProblem("invalid", { errors: [{ in: "body", pointer: "#/n" }] });
  });
});
