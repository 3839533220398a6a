import { createApp, matched, route } from "@openspeed/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createClient } from "../src/index.ts";
import { targetOf } from "../src/target.ts";

test.each([
  ["GET /a/:id", { id: "../b" }, "/a/..%2Fb"],
  ["GET /a/:id", { id: "b?c#d" }, "/a/b%3Fc%23d"],
  ["GET /a/:id", { id: "%2e%2e" }, "/a/%252e%252e"],
  ["GET /a/:id", { id: 0 }, "/a/0"],
  ["GET /a/:id/:page?", { id: "é" }, "/a/%C3%A9"],
  ["GET /:page?", {}, ""],
  ["GET /files/*path", { path: "a b/c?/é" }, "/files/a%20b/c%3F/%C3%A9"],
  ["GET /a/:on", { on: new Date(0) }, "/a/1970-01-01T00%3A00%3A00.000Z"],
])("%s with %j", (key, params, path) => {
  expect(targetOf(key, params, undefined)).toEqual(["GET", path]);
});

test.each([
  ["GET /a/:id", {}, "params.id is missing"],
  ["GET /a/:id", { id: "" }, "params.id is missing"],
  ["GET /a/:id", { id: ".." }, "params.id is a dot segment"],
  ["GET /a/:id", { id: "." }, "params.id is a dot segment"],
  ["GET /a/:id", { id: {} }, '"id" is an object'],
  ["GET /files/*path", { path: "a/../../b" }, "params.path is a dot segment"],
  ["/a", {}, "is no route key"],
  ["GET a", {}, "is no route key"],
])("%s refuses %j", async (key, params, message) => {
  expect(() => targetOf(key, params, undefined)).toThrow(message);
  expect(() => targetOf(key, params, undefined)).toThrow(TypeError);
});

test.each([
  [{ a: [1, 2], b: undefined, c: false }, "?a=1&a=2&c=false"],
  [{ at: new Date(0) }, "?at=1970-01-01T00%3A00%3A00.000Z"],
  [{ "a&b": "c=d&e" }, "?a%26b=c%3Dd%26e"],
  [{ a: [] }, ""],
  [{ a: [undefined] }, ""],
])("the query %j", (query, expected) => {
  expect(targetOf("GET /", undefined, query)[1]).toBe(`/${expected}`);
});

test("a query holds no objects", () => {
  expect(() => targetOf("GET /", undefined, { a: { b: 1 } })).toThrow('"a" is an object');
  expect(() => targetOf("GET /", undefined, { a: null })).toThrow('"a" is an object');
});

describe("the server reads what the client was given", () => {
  const one = route({ params: matched<{ id: string }>() }, ({ params }) => params);
  const rest = route({ params: matched<{ path: string }>() }, ({ params }) => params);
  const query = route(
    {
      query: z.object({
        s: z.string().optional(),
        many: z.array(z.string()).optional(),
        n: z.number().optional(),
        b: z.boolean().optional(),
      }),
    },
    ({ query }) => query,
  );
  interface Api {
    "GET /one/:id": typeof one;
    "GET /rest/*path": typeof rest;
    "GET /query": typeof query;
  }
  const app = createApp({
    routes: { "GET /one/:id": one, "GET /rest/*path": rest, "GET /query": query },
    limits: { url: "1MiB" },
  });
  const desk = createClient<Api>(app, { throws: true });
  const text = fc.string({ unit: "binary", maxLength: 20 }).filter((value) => value.isWellFormed());
  // What the kernel refuses wherever it comes from: controls, and dot segments beside an encoded separator.
  const segment = text.filter((value) => value !== "" && !/\p{Cc}|(?:^|[/\\])\.\.?(?:$|[/\\])/u.test(value));

  test("in params", async () => {
    await fc.assert(
      fc.asyncProperty(segment, async (id) => {
        expect(await desk("GET /one/:id", { params: { id } })).toEqual({ id });
      }),
    );
  });
  test("in rest params", async () => {
    const path = fc
      .array(
        segment.map((value) => value.replaceAll("/", "-")),
        { minLength: 1, maxLength: 4 },
      )
      .map((parts) => parts.join("/"));
    await fc.assert(
      fc.asyncProperty(path, async (path) => {
        expect(await desk("GET /rest/*path", { params: { path } })).toEqual({ path });
      }),
    );
  });
  test("in queries", async () => {
    const given = fc.record(
      {
        s: text,
        many: fc.array(text, { minLength: 1, maxLength: 5 }),
        n: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })),
        b: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(given, async (query) => {
        const sent = query.n === undefined ? query : { ...query, n: query.n === 0 ? 0 : query.n };
        expect(await desk("GET /query", { query: sent })).toEqual(sent);
      }),
    );
  });
});
