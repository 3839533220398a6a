import { quiet, suite } from "./suite.ts";
import { createApp, graph, problem } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { requestId, requestIdOf } from "../../src/index.ts";

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;

suite("requestId", (open) => {
  test("gives one id a request, to the handler and in the answer", async () => {
    const id = requestId();
    const t = await open(createApp({ use: [id] }).get("/", { use: [id] }, ({ requestId: text }) => text));
    const one = await t("GET /").expect(200).expectHeader("x-request-id", UUID);
    expect(one.value).toBe(one.headers.get("x-request-id"));
    const other = await t("GET /");
    expect(other.value).not.toBe(one.value);
  });

  test("goes out with problems, errors, misses and preflights", async () => {
    const app = createApp({ ...quiet, use: [requestId({ header: "X-Trace" })] });
    app.get("/problem", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone());
    app.get("/broken", () => Promise.reject(new Error("Broken")));
    const t = await open(app);
    await t("GET /problem").expectProblem("gone").expectHeader("x-trace", UUID);
    await t("GET /broken").expectProblem("internal").expectHeader("x-trace", UUID);
    await t("GET /none").expectProblem("notFound").expectHeader("x-trace", UUID);
    await t("PUT /problem").expectProblem("methodNotAllowed").expectHeader("x-trace", UUID);
    await t("OPTIONS /problem").expect(204).expectHeader("x-trace", UUID);
  });

  test("onError finds it", async () => {
    const told: (string | undefined)[] = [];
    const app = createApp({ use: [requestId()], onError: (_error, _place, ctx) => void told.push(requestIdOf(ctx)) });
    app.get("/", () => Promise.reject(new Error("Broken")));
    const t = await open(app);
    const { headers } = await t("GET /").expectProblem("internal");
    expect(told).toEqual([headers.get("x-request-id")]);
    expect(requestIdOf(undefined)).toBeUndefined();
  });

  const brought: readonly [headers: Readonly<Record<string, string>>, expected: RegExp][] = [
    [{ "x-request-id": "abc-123_4:5.6" }, /^abc-123_4:5\.6$/],
    [{ "x-request-id": "a".repeat(128) }, /^a{128}$/],
    [{ "x-request-id": "a".repeat(129) }, UUID],
    [{ "x-request-id": "a b" }, UUID],
    [{ "x-request-id": 'a"b' }, UUID],
    [{ "x-request-id": "a%0ab" }, UUID],
    [{ "x-request-id": "a,b" }, UUID],
    [{ "x-request-id": "é" }, UUID],
    [{ "x-request-id": "<script>" }, UUID],
    [{ "x-request-id": "\u001b[31m".slice(1) }, UUID],
    [{ traceparent }, new RegExp(`^${TRACE}$`)],
    [{ traceparent, "x-request-id": "mine" }, /^mine$/],
    [{ traceparent, "x-request-id": "not mine" }, new RegExp(`^${TRACE}$`)],
    [{ traceparent: traceparent.toUpperCase() }, UUID],
    [{ traceparent: traceparent.replace(/^00/, "ff") }, UUID],
    [{ traceparent: `${traceparent}-more` }, new RegExp(`^${TRACE}$`)],
    [{ traceparent: `${traceparent}more` }, UUID],
    [{ traceparent: traceparent.replace(TRACE, "0".repeat(32)) }, UUID],
    [{ traceparent: `${traceparent}, ${traceparent}` }, UUID],
  ];
  test.each(brought)("believes %j where it is told to, and never else", async (headers, expected) => {
    const trusting = createApp({ use: [requestId({ trust: true })] }).get("/", () => "x");
    const t = await open(trusting);
    await t("GET /", { headers }).expectHeader("x-request-id", expected);
    const careful = await open(createApp({ use: [requestId()] }).get("/", () => "x"));
    await careful("GET /", { headers }).expectHeader("x-request-id", UUID);
  });

  test("a function decides by the request; what a handler says of it does not count", async () => {
    const app = createApp({ use: [requestId({ trust: ({ header }) => header("x-proxy") === "ours" })] });
    app.get("/", () => new Response("x", { headers: { "x-request-id": "theirs" } }));
    const t = await open(app);
    await t("GET /", { headers: { "x-request-id": "a", "x-proxy": "ours" } }).expectHeader("x-request-id", "a");
    await t("GET /", { headers: { "x-request-id": "a" } }).expectHeader("x-request-id", UUID);
  });
});

describe("requestId, as it is written", () => {
  test.each(["", "x id", "x:y", "x\r\ny"])("refuses the header %j", (header) => {
    expect(() => requestId({ header })).toThrow(/^OS_/);
  });

  test("shows in the graph", async () => {
    const { routes } = await graph(createApp({ use: [requestId()] }).get("/", () => "x"));
    expect(routes[0]?.uses).toEqual(["requestIdHeader", "requestId"]);
  });
});
