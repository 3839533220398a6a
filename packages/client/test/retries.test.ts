import { createApp, problem, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { createClient } from "../src/index.ts";
import { serve } from "./apps.ts";

const busy = problem(503, "Busy");
const shape = { output: z.object({ tries: z.number() }), problems: { busy } } as const;
const get = route(shape, () => ({ tries: 0 }));
const post = route({ ...shape, body: z.object({ a: z.number() }) }, () => ({ tries: 0 }));
interface Api {
  "GET /": typeof get;
  "POST /": typeof post;
}

/** Fails so many times, then answers with how often it was asked. */
function failing(times: number, headers: Record<string, string> = {}, status = 503) {
  const requests: Request[] = [];
  const at: number[] = [];
  return {
    requests,
    at,
    fetch(request: Request): Response {
      requests.push(request);
      at.push(performance.now());
      if (requests.length > times) return Response.json({ tries: requests.length });
      const document = { name: "busy", title: "Busy", status };
      return Response.json(document, { status, headers: { "content-type": "application/problem+json", ...headers } });
    },
  };
}
const quick = { retry: { base: "1ms" } } as const;

test("what is idempotent is sent again", async () => {
  const server = failing(2);
  expect(await createClient<Api>(server, quick)("GET /")).toMatchObject({ ok: true, value: { tries: 3 } });
});

test("over a socket too, the body included", async () => {
  const bodies: unknown[] = [];
  const place = await serve({
    async fetch(request) {
      bodies.push(await request.json());
      return bodies.length < 3 ? new Response(null, { status: 502 }) : Response.json({ tries: bodies.length });
    },
  });
  const answer = await createClient<Api>(place.base, quick)("POST /", { body: { a: 1 }, idempotent: true });
  expect(answer).toMatchObject({ value: { tries: 3 } });
  expect(bodies).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
  await place.close();
});

test("there is an end to it: the problem is the answer", async () => {
  const server = failing(9);
  expect(await createClient<Api>(server, quick)("GET /")).toMatchObject({ ok: false, problem: { name: "busy" } });
  expect(server.requests.length).toBe(3);
});

test("a network that fails is tried again", async () => {
  let tries = 0;
  const fetch = async (): Promise<Response> => {
    if (++tries < 3) throw new TypeError("fetch failed");
    return Response.json({ tries });
  };
  expect(await createClient<Api>("http://desk.example", { ...quick, fetch })("GET /")).toMatchObject({
    value: { tries: 3 },
  });
});

test.each([
  ["POST", { body: { a: 1 } }, 1],
  ["POST with a key", { body: { a: 1 }, headers: { "Idempotency-Key": "k" } }, 3],
  ["POST that asks for it", { body: { a: 1 }, idempotent: true }, 3],
  ["a stream", { body: new Blob(["1"]).stream(), idempotent: true }, 1],
  ["a request that refuses it", { body: { a: 1 }, idempotent: true, retry: false }, 1],
] as const)("%s", async (_, input, tries) => {
  const server = failing(9);
  await createClient<Api>(server, quick)("POST /", input);
  expect(server.requests.length).toBe(tries);
  const keys = new Set(server.requests.map((request) => request.headers.get("idempotency-key")));
  expect(keys.size).toBe(1);
});

test.each([400, 404, 422, 500])("%i is an answer, not an accident", async (status) => {
  const server = failing(9, {}, status);
  await createClient<Api>(server, quick)("GET /");
  expect(server.requests.length).toBe(1);
});

test("Retry-After is waited for, in seconds and as a date", async () => {
  const server = failing(1, { "retry-after": "1" });
  await createClient<Api>(server, quick)("GET /");
  expect((server.at[1] ?? 0) - (server.at[0] ?? 0)).toBeGreaterThan(990);
  // A date has whole seconds, so what is waited for is up to one less.
  const dated = failing(1, { "retry-after": new Date(Date.now() + 2000).toUTCString() });
  await createClient<Api>(dated, quick)("GET /");
  expect((dated.at[1] ?? 0) - (dated.at[0] ?? 0)).toBeGreaterThan(900);
});

test("... but not longer than the cap, or than the request has time", async () => {
  const server = failing(1, { "retry-after": "3600" });
  expect(await createClient<Api>(server, quick)("GET /")).toMatchObject({ ok: false, problem: { name: "busy" } });
  const soon = failing(1, { "retry-after": "2" });
  expect(await createClient<Api>(soon, quick)("GET /", { timeout: "1s" })).toMatchObject({ problem: { name: "busy" } });
  expect(server.requests.length + soon.requests.length).toBe(2);
});

test("a dead server is not hammered", async () => {
  const server = failing(Infinity);
  const desk = createClient<Api>(server, { retry: { base: "1ms", limit: 5, budget: 0.1 } });
  for (let i = 0; i < 100; i++) await desk("GET /");
  // Ten in reserve, and one for each ten requests; the first request finds the reserve full.
  expect(server.requests.length - 100).toBeGreaterThanOrEqual(18);
  expect(server.requests.length - 100).toBeLessThanOrEqual(20);
});

test("waiting ends with the caller's signal", async () => {
  const controller = new AbortController();
  const server = failing(1, { "retry-after": "5" });
  const call = createClient<Api>(server, quick)("GET /", { signal: controller.signal });
  setImmediate(() => controller.abort());
  expect(await call).toMatchObject({ failure: { kind: "aborted" } });
});

test("retries can be switched off", async () => {
  const server = failing(9);
  await createClient<Api>(server, { retry: false })("GET /");
  expect(server.requests.length).toBe(1);
});

test("an app in process is asked without a socket", async () => {
  const app = createApp({ routes: { "GET /": get, "POST /": post } });
  expect(await createClient<Api>(app)("GET /")).toMatchObject({ value: { tries: 0 } });
});
