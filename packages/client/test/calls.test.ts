import { bytes, createApp, form, middleware, problem, provide, reply, route, stream } from "@openspeed/core";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createClient, RequestFailure, RequestProblem } from "../src/index.ts";
import { type Place, places } from "./apps.ts";

const user = provide("user", { problems: { unauthenticated: problem(401, "Sign in") } }, ({ header, fail }) =>
  header("authorization") === null ? fail.unauthenticated() : "ada",
);
const guard = middleware(
  "guard",
  { problems: { closed: problem(403, "Closed", z.object({ until: z.string() })) } },
  ({ header, fail }, next) => (header("x-closed") === null ? next() : fail.closed({ until: "noon" })),
);
const Ticket = z.object({ id: z.number(), title: z.string() });

const get = route(
  {
    use: [user, guard],
    params: z.object({ id: z.number() }),
    output: Ticket,
    problems: { gone: problem(410, "Gone") },
  },
  ({ params, fail }) => (params.id === 9 ? fail.gone("It was shredded") : { id: params.id, title: "Hot" }),
);
const list = route(
  {
    query: z.object({ tag: z.array(z.string()).optional(), open: z.boolean().optional(), max: z.number().optional() }),
  },
  ({ query }) => query,
);
const create = route(
  {
    body: z.object({ title: z.string() }),
    headers: z.object({ "x-by": z.string() }),
    output: { 201: Ticket, 202: z.object({ queued: z.literal(true) }) },
  },
  ({ body, headers }) =>
    headers["x-by"] === "slow"
      ? reply(202, { queued: true as const })
      : reply(201, { id: 1, ...body }, { location: "/tickets/1" }),
);
const remove = route(() => reply(204));
const upload = route({ body: bytes() }, ({ body, header }) => ({ size: body.length, type: header("content-type") }));
const signUp = route({ body: form(z.object({ name: z.string(), age: z.number() })) }, ({ body }) => body);
const pipe = route({ body: stream() }, async ({ body }) => {
  let size = 0;
  for await (const chunk of body) size += chunk.length;
  return { size };
});
const cookie = route({ cookies: z.object({ seen: z.string() }) }, ({ cookies }) => cookies);
const text = route(() => "plain");
const binary = route(() => new Uint8Array([1, 2, 3]));
const broken = route(() => new Response("{", { headers: { "content-type": "application/json" } }));
const gateway = route(
  () => new Response("<h1>Bad gateway</h1>", { status: 500, headers: { "content-type": "text/html" } }),
);
const foreign = route(
  () =>
    new Response('{"title":"No","status":418}', {
      status: 418,
      headers: { "content-type": "application/problem+json" },
    }),
);
const novel = route(
  () =>
    new Response('{"title":"New","status":409,"name":"invented","data":1}', {
      status: 409,
      headers: { "content-type": "application/problem+json" },
    }),
);
const slow = route(() => new Promise<string>(() => {}));

interface Api {
  "GET /tickets/:id": typeof get;
  "GET /tickets": typeof list;
  "POST /tickets": typeof create;
  "DELETE /tickets/:id/marks/:mark?": typeof remove;
  "POST /upload": typeof upload;
  "POST /people": typeof signUp;
  "POST /pipe": typeof pipe;
  "GET /cookie": typeof cookie;
  "GET /text": typeof text;
  "GET /binary": typeof binary;
  "GET /broken": typeof broken;
  "GET /gateway": typeof gateway;
  "GET /foreign": typeof foreign;
  "GET /novel": typeof novel;
  "GET /slow": typeof slow;
  "GET /": typeof text;
}
const routes = {
  "GET /tickets/:id": get,
  "GET /tickets": list,
  "POST /tickets": create,
  "DELETE /tickets/:id/marks/:mark?": remove,
  "POST /upload": upload,
  "POST /people": signUp,
  "POST /pipe": pipe,
  "GET /cookie": cookie,
  "GET /text": text,
  "GET /binary": binary,
  "GET /broken": broken,
  "GET /gateway": gateway,
  "GET /foreign": foreign,
  "GET /novel": novel,
  "GET /slow": slow,
  "GET /": text,
};

describe.each(places)("calls, $name", ({ open }) => {
  const opened: Place[] = [];
  afterEach(async () => {
    for (const place of opened.splice(0)) await place.close();
  });
  const start = async (): Promise<Place["base"]> => {
    // A route that answers with what it does not declare is what some of these tests are about.
    const place = await open(createApp({ routes, mode: "production", onError: () => {} }));
    opened.push(place);
    return place.base;
  };
  const signedIn = { headers: { authorization: "ada" } };

  test("give values with status and headers", async () => {
    const desk = createClient<Api>(await start(), signedIn);
    const answer = await desk("GET /tickets/:id", { params: { id: 4 } });
    expect(answer).toMatchObject({ ok: true, status: 200, value: { id: 4, title: "Hot" } });
    const made = await desk("POST /tickets", { headers: { "x-by": "ada" }, body: { title: "Cold" } });
    expect(made).toMatchObject({ ok: true, status: 201, value: { id: 1, title: "Cold" } });
    expect(made.headers?.get("location")).toBe("/tickets/1");
    expect(await desk("POST /tickets", { headers: { "x-by": "slow" }, body: { title: "" } })).toMatchObject({
      status: 202,
      value: { queued: true },
    });
    expect(await desk("DELETE /tickets/:id/marks/:mark?", { params: { id: "1" } })).toMatchObject({
      ok: true,
      status: 204,
      value: undefined,
    });
    expect(await desk("GET /text")).toMatchObject({ value: "plain" });
    expect(await desk("GET /binary")).toMatchObject({ value: new Uint8Array([1, 2, 3]) });
  });

  test("give the problems of the route, its items and the kernel", async () => {
    const base = await start();
    const desk = createClient<Api>(base, signedIn);
    expect(await desk("GET /tickets/:id", { params: { id: 9 } })).toMatchObject({
      ok: false,
      status: 410,
      problem: { name: "gone", status: 410, title: "Gone", detail: "It was shredded" },
    });
    expect(await createClient<Api>(base)("GET /tickets/:id", { params: { id: 1 } })).toMatchObject({
      problem: { name: "unauthenticated" },
    });
    expect(await desk("GET /tickets/:id", { params: { id: 1 }, headers: { "x-closed": 1 } })).toMatchObject({
      problem: { name: "closed", status: 403, data: { until: "noon" } },
    });
    expect(
      await desk("GET /tickets/:id", { params: { id: 1.5 }, headers: { authorization: undefined } }),
    ).toMatchObject({ problem: { name: "unauthenticated" } });
    const wrong = await desk("GET /tickets", { query: { max: "x" as unknown as number } });
    expect(wrong).toMatchObject({ problem: { name: "invalid", errors: [{ in: "query", pointer: "#/max" }] } });
    expect(await desk("GET /novel")).toMatchObject({ problem: { name: "invented", data: 1 } });
  });

  test("throw instead, if asked to", async () => {
    const desk = createClient<Api>(await start(), { ...signedIn, throws: true });
    expect(await desk("GET /tickets/:id", { params: { id: 4 } })).toEqual({ id: 4, title: "Hot" });
    const refused = await desk("GET /tickets/:id", { params: { id: 9 } }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RequestProblem);
    expect(refused).toMatchObject({ problem: { name: "gone" }, message: "It was shredded" });
    await expect(desk("GET /gateway")).rejects.toMatchObject({ kind: "response", value: "<h1>Bad gateway</h1>" });
  });

  test("keep what is no problem document apart", async () => {
    const desk = createClient<Api>(await start());
    expect(await desk("GET /gateway")).toMatchObject({
      ok: false,
      failure: { kind: "response", response: { status: 500 }, value: "<h1>Bad gateway</h1>" },
    });
    expect(await desk("GET /broken")).toMatchObject({ ok: false, failure: { kind: "response", value: "{" } });
    expect(await desk("GET /foreign")).toMatchObject({
      ok: false,
      failure: { kind: "response", value: { title: "No" } },
    });
    expect((await desk("GET /foreign")).problem).toBeUndefined();
  });

  test("write queries, forms, bytes, streams and cookies", async () => {
    const base = await start();
    const desk = createClient<Api>(base, { throws: true });
    expect(await desk("GET /tickets", { query: { tag: ["a&b", "c d"], open: false, max: 1.5 } })).toEqual({
      tag: ["a&b", "c d"],
      open: false,
      max: 1.5,
    });
    expect(await desk("GET /tickets")).toEqual({});
    expect(await desk("POST /people", { body: { name: "Ada", age: 36 }, send: "form" })).toEqual({
      name: "Ada",
      age: 36,
    });
    expect(await desk("POST /people", { body: new URLSearchParams("name=Ada&age=36") })).toEqual({
      name: "Ada",
      age: 36,
    });
    expect(await desk("POST /upload", { body: new Uint8Array(5) })).toMatchObject({ size: 5 });
    expect(await desk("POST /upload", { body: new Blob(["abc"], { type: "text/x-abc" }) })).toEqual({
      size: 3,
      type: "text/x-abc",
    });
    expect(await desk("POST /pipe", { body: new Blob(["abcd"]).stream() })).toEqual({ size: 4 });
    if (typeof base === "string")
      expect(await desk("GET /cookie", { cookies: { seen: "a;b" } })).toEqual({ seen: "a;b" });
  });

  test("tell how much has been sent", async () => {
    const desk = createClient<Api>(await start(), { throws: true });
    const told: unknown[] = [];
    await desk("POST /upload", {
      body: new Blob([new Uint8Array(200_000)]),
      onProgress: (progress) => told.push(progress),
    });
    expect(told[0]).toEqual({ loaded: 0, total: 200_000 });
    expect(told.at(-1)).toEqual({ loaded: 200_000, total: 200_000 });
    expect(told.length).toBeGreaterThan(2);
    const form = new FormData();
    form.append("file", new File(["abc"], "a.txt"));
    const last: { loaded: number; total: number | undefined }[] = [];
    const { type } = await desk("POST /upload", { body: form, onProgress: (progress) => last.push(progress) });
    expect(type).toMatch(/^multipart\/form-data; ?boundary=/);
    expect(last.at(-1)?.loaded).toBeGreaterThan(100);
  });

  test("end in time, or when the caller says so", async () => {
    const desk = createClient<Api>(await start());
    expect(await desk("GET /slow", { timeout: "20ms" })).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    const controller = new AbortController();
    const call = desk("GET /slow", { signal: controller.signal });
    controller.abort(new Error("changed my mind"));
    expect(await call).toMatchObject({ failure: { kind: "aborted", cause: { message: "changed my mind" } } });
    expect(await desk("GET /text", { signal: AbortSignal.abort() })).toMatchObject({ failure: { kind: "aborted" } });
  });

  test("are reached by path", async () => {
    const desk = createClient<Api>(await start(), { ...signedIn, throws: true });
    expect(await desk.at.tickets[":id"].get({ params: { id: 2 } })).toMatchObject({ id: 2 });
    expect(await desk.at.get()).toBe("plain");
    expect(await desk.at.tickets[":id"].marks[":mark?"].delete({ params: { id: 1 } })).toBeUndefined();
    expect(await desk.at).toBeTypeOf("function");
  });

  test("give the response as it is", async () => {
    const desk = createClient<Api>(await start());
    const response = await desk.raw("GET /gateway");
    expect([response.status, await response.text()]).toEqual([500, "<h1>Bad gateway</h1>"]);
  });

  test("go through what stands around them", async () => {
    const seen: string[] = [];
    const desk = createClient<Api>(await start(), {
      throws: true,
      headers: async () => ({ authorization: "ada" }),
      around: [
        async (request, next) => {
          seen.push(`${request.method} ${new URL(request.url).pathname}`);
          const response = await next(request);
          seen.push(`${response.status}`);
          return response;
        },
        (request, next) => {
          const changed = new Request(request);
          changed.headers.set("x-closed", "1");
          return next(changed);
        },
      ],
    });
    await expect(desk("GET /tickets/:id", { params: { id: 1 } })).rejects.toMatchObject({
      problem: { name: "closed" },
    });
    expect(seen).toEqual(["GET /tickets/1", "403"]);
  });
});

test("an interceptor's own error is nobody's failure", async () => {
  const desk = createClient<Api>(createApp({ routes }), { around: [() => Promise.reject(new RangeError("mine"))] });
  await expect(desk("GET /text")).rejects.toThrow(RangeError);
});

test("no server is a network failure", async () => {
  const answer = await createClient<Api>("http://127.0.0.1:1", { retry: false })("GET /text");
  expect(answer.ok).toBe(false);
  expect(answer.failure).toBeInstanceOf(RequestFailure);
  expect(answer.failure?.kind).toBe("network");
});

test("a base may have a path, and must be a URL", async () => {
  const asked: string[] = [];
  const fetch = async ({ url }: Request): Promise<Response> => (asked.push(url), new Response(null, { status: 204 }));
  await createClient<Api>("https://desk.example/api/?x#y", { fetch })("GET /text");
  await createClient<Api>(new URL("https://desk.example"), { fetch })("GET /");
  expect(asked).toEqual(["https://desk.example/api/text", "https://desk.example/"]);
  expect(() => createClient<Api>("desk.example")).toThrow(TypeError);
  await expect(createClient<Api>("http://a.example", { timeout: "soon" as "1s", fetch })("GET /text")).rejects.toThrow(
    '"soon" is no time',
  );
});
