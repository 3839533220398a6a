import { fork } from "node:child_process";
import { once } from "node:events";
import { serve } from "@openspeed/adapter-node";
import { type App, createApp, graph, type ItemContext, problem, provide, reply, security, text } from "@openspeed/core";
import { hasRedis, startRedis } from "@openspeed/redis";
import { transports } from "@openspeed/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  idempotency,
  idempotencyKeys,
  type IdempotencyOptions,
  memoryStore,
  rateLimit,
  type Store,
  guardStore,
} from "../src/index.ts";
import { dyingApp, dyingRequest } from "./dying-app.ts";
import { parseIdempotencyKey } from "../src/idempotency-key.ts";
import { redisAt } from "./redis-at.ts";
import { redisOfFile, testedStores } from "./stores.ts";

const redis = redisOfFile();
const quiet = { onError: (): void => {} };
const Order = z.object({ item: z.string() });
/** Keys of different tests must not meet in one store. */
let tests = 0;
const newKey = (): string => `"key-${process.pid}-${tests++}"`;
const keyed = (key: string, body: unknown = { item: "a" }, more: Record<string, string> = {}) => ({
  headers: { "idempotency-key": key, ...more },
  body,
});

/** An app that says how often its handler ran. */
function orders(options: IdempotencyOptions<[]> = {}): { readonly app: App; readonly runs: () => number } {
  let runs = 0;
  const app = createApp({ ...quiet, bind: [guardStore.with(memoryStore())] });
  app.post(
    "/orders",
    { use: [idempotency(options)], body: Order, output: { 201: z.object({ id: z.int(), item: z.string() }) } },
    ({ body }) => reply(201, { id: ++runs, item: body.item }, { location: `/orders/${runs}`, "set-cookie": "seen=1" }),
  );
  return { app, runs: () => runs };
}

describe.each(transports(serve))("by $name", ({ testApp }) => {
  test("a retry gets the first answer, and the handler ran once", async () => {
    const { app, runs } = orders();
    const key = newKey();
    await using t = await testApp(app);
    await t("POST /orders", keyed(key))
      .expect(201, { id: 1, item: "a" })
      .expectHeader("idempotent-replayed", null)
      .expectHeader("set-cookie", "seen=1");
    await t("POST /orders", keyed(key))
      .expect(201, { id: 1, item: "a" })
      .expectHeader("idempotent-replayed", "true")
      .expectHeader("location", "/orders/1")
      .expectHeader("content-type", /json/)
      .expectHeader("set-cookie", null);
    await t("POST /orders", keyed(key.slice(1, -1))).expect(201, { id: 1 });
    await t("POST /orders", keyed(newKey())).expect(201, { id: 2 });
    expect(runs()).toBe(2);
  });

  test("another payload, target or media type under one key is refused", async () => {
    const { app, runs } = orders();
    const key = newKey();
    await using t = await testApp(app);
    await t("POST /orders", keyed(key)).expect(201);
    await t("POST /orders", keyed(key, { item: "b" })).expectProblem("idempotencyKeyReused");
    await t("POST /orders", { ...keyed(key), query: { now: "1" } }).expectProblem("idempotencyKeyReused");
    await t("POST /orders", keyed(key, { item: "a" }, { "content-type": "application/vnd.order+json" })).expectProblem(
      "idempotencyKeyReused",
    );
    expect(runs()).toBe(1);
  });

  test("without `by`, a retry comes from who sent the first", async () => {
    const { app } = orders();
    const key = newKey();
    await using t = await testApp(app);
    await t("POST /orders", keyed(key, { item: "a" }, { authorization: "Bearer ada" })).expect(201);
    await t("POST /orders", keyed(key, { item: "a" }, { authorization: "Bearer bob" })).expectProblem(
      "idempotencyKeyReused",
    );
    await t("POST /orders", keyed(key)).expectProblem("idempotencyKeyReused");
    await t("POST /orders", keyed(key, { item: "a" }, { authorization: "Bearer ada" })).expect(201, { id: 1 });
  });

  test("nor from who shows another key of those that the route's guards name", async () => {
    const knows = provide(
      "caller",
      { meta: [security({ name: "key", scheme: { type: "apiKey", in: "header", name: "X-API-Key" } })] },
      ({ header }) => header("x-api-key") ?? "nobody",
    );
    const app = createApp({ ...quiet, bind: [guardStore.with(memoryStore())] });
    app.post("/orders", { use: [knows, idempotency()] }, ({ caller }) => `for ${caller}`);
    const key = newKey();
    await using t = await testApp(app);
    await t("POST /orders", keyed(key, {}, { "x-api-key": "ada" })).expect(200, "for ada");
    await t("POST /orders", keyed(key, {}, { "x-api-key": "bob" })).expectProblem("idempotencyKeyReused");
    await t("POST /orders", keyed(key, {}, { "x-api-key": "ada" })).expect(200, "for ada");
  });

  test("with `by`, each caller has keys of its own, whatever its token is now", async () => {
    const { app } = orders({ by: ({ header }: ItemContext) => header("x-name") ?? "" });
    const key = newKey();
    await using t = await testApp(app);
    await t("POST /orders", keyed(key, { item: "a" }, { "x-name": "ada", authorization: "1" })).expect(201, { id: 1 });
    await t("POST /orders", keyed(key, { item: "a" }, { "x-name": "ada", authorization: "2" })).expect(201, { id: 1 });
    await t("POST /orders", keyed(key, { item: "b" }, { "x-name": "bob" })).expect(201, { id: 2 });
  });

  test("a key may be required; one that is malformed is refused", async () => {
    const { app, runs } = orders({ required: true });
    await using t = await testApp(app);
    await t("POST /orders", { body: { item: "a" } }).expectProblem("idempotencyKeyMissing");
    for (const key of ['"a", "b"', '"open', "a b", '""', `"${"x".repeat(256)}"`, '"a";v=1', "a,b"])
      await t("POST /orders", keyed(key)).expectProblem("malformed");
    expect(runs()).toBe(0);
  });

  test("without a key nothing changes, and other methods take none", async () => {
    let gets = 0;
    const { app, runs } = orders();
    app.get("/orders", { use: [idempotency({ required: true })] }, () => String(++gets));
    await using t = await testApp(app);
    await t("POST /orders", { body: { item: "a" } }).expect(201, { id: 1 });
    await t("POST /orders", { body: { item: "a" } }).expect(201, { id: 2 });
    await t("GET /orders", { headers: { "idempotency-key": '"k"' } }).expect(200, "1");
    await t("GET /orders", { headers: { "idempotency-key": '"k"' } }).expect(200, "2");
    expect(runs()).toBe(2);
  });

  test("a refusal of the request is kept; one of the caller or the moment, and a fault, are tried anew", async () => {
    let runs = 0;
    const problems = Object.fromEntries(
      [400, 401, 403, 404, 409, 422, 429, 500, 503].map((status) => [`p${status}`, problem(status, "No")]),
    );
    const app = createApp({ ...quiet, mode: "production" });
    app.post("/:status", { use: [idempotency()], problems }, ({ params, fail }) => {
      runs++;
      if (params.status === "throw") throw new Error("It broke.");
      fail[`p${params.status}`]?.();
    });
    await using t = await testApp(app);
    for (const [status, again] of [
      [400, 1],
      [404, 1],
      [409, 1],
      [422, 1],
      [401, 2],
      [403, 2],
      [429, 2],
      [500, 2],
      [503, 2],
      ["throw", 2],
    ] as const) {
      runs = 0;
      const key = newKey();
      const answers = [
        await t.fetch(`/${status}`, { method: "POST", headers: { "idempotency-key": key } }),
        await t.fetch(`/${status}`, { method: "POST", headers: { "idempotency-key": key } }),
      ];
      const expected = status === "throw" ? 500 : status;
      expect([status, ...answers.map((answer) => answer.status), runs]).toEqual([status, expected, expected, again]);
    }
  });

  test("validation happens once, and is kept", async () => {
    const { app, runs } = orders();
    const key = newKey();
    await using t = await testApp(app);
    for (let i = 0; i < 2; i++)
      await t
        .untyped("POST /orders", keyed(key, { item: 1 }))
        .expectProblem("invalid", { errors: [{ pointer: "#/item" }] });
    expect(runs()).toBe(0);
  });

  test.each<[string, (app: App) => void, boolean]>([
    ["nothing", (app) => app.post("/", { use: [idempotency()] }, () => undefined), true],
    ["text", (app) => app.post("/", { use: [idempotency()] }, () => "กa"), true],
    [
      "bytes",
      (app) => app.post("/", { use: [idempotency()] }, () => Uint8Array.from({ length: 300 }, (_, i) => i)),
      true,
    ],
    [
      "a stream",
      (app) =>
        app.post("/", { use: [idempotency()] }, async function* () {
          yield "a";
        }),
      false,
    ],
    ["a response", (app) => app.post("/", { use: [idempotency()] }, () => new Response("a")), false],
    [
      "more than may be kept",
      (app) => app.post("/", { use: [idempotency({ size: "1KiB" })] }, () => "x".repeat(2000)),
      false,
    ],
  ])("%s", async (_what, mount, kept) => {
    const app = createApp();
    mount(app);
    const key = newKey();
    await using t = await testApp(app);
    const ask = () => t.fetch("/", { method: "POST", headers: { "idempotency-key": key } });
    const [first, second] = [await ask(), await ask()];
    const body = new Uint8Array(await first.arrayBuffer());
    if (kept) {
      expect([second.status, second.headers.get("content-type")]).toEqual([
        first.status,
        first.headers.get("content-type"),
      ]);
      expect(new Uint8Array(await second.arrayBuffer())).toEqual(body);
    } else expect(await second.json()).toMatchObject({ status: 409, name: "answerNotKept" });
  });

  test("the body is there for the handler, and for whoever asks for the request", async () => {
    const app = createApp();
    app.post("/text", { use: [idempotency()], body: text() }, async ({ body, request }) => [
      body,
      await request.text(),
    ]);
    app.post("/plain", { use: [idempotency(), idempotency()] }, async ({ request, incoming }) => [
      await request.text(),
      await incoming.text(10),
      await incoming.text(1)?.then((value) => value ?? null),
    ]);
    app.post("/small", { use: [idempotency()], body: text(), limits: { body: 3 } }, ({ body }) => body);
    await using t = await testApp(app);
    await t("POST /text", keyed(newKey(), "กa")).expect(200, ["กa", "กa"]);
    await t("POST /plain", keyed(newKey(), "กa")).expect(200, ["กa", "กa", null]);
    await t("POST /small", keyed(newKey(), "abc")).expect(200, "abc");
    await t("POST /small", keyed(newKey(), "abcd")).expectProblem("tooLarge");
  });

  test("limits outside count retries, and say so in their own words", async () => {
    const app = createApp();
    app.post("/", { use: [rateLimit({ limit: 2, window: "1h", by: () => "all" }), idempotency()] }, () => "done");
    const key = newKey();
    await using t = await testApp(app);
    await t("POST /", keyed(key, "")).expect(200).expectHeader("ratelimit", /r=1/);
    await t("POST /", keyed(key, "")).expect(200).expectHeader("ratelimit", /r=0/);
    await t("POST /", keyed(key, "")).expect(429);
  });
});

test("what one tenant was answered is not told at another one's host, also where callers are alike", async () => {
  const { app } = orders({ by: () => "admin" });
  const key = newKey();
  const at = (host: string): Promise<Response> =>
    Promise.resolve(
      app.fetch(
        new Request(`https://${host}/orders`, {
          method: "POST",
          headers: { "idempotency-key": key, "content-type": "application/json" },
          body: JSON.stringify({ item: "a" }),
        }),
      ),
    );
  expect((await at("a.example")).status).toBe(201);
  expect((await at("b.example")).status).toBe(422);
  expect((await at("a.example")).headers.get("idempotent-replayed")).toBe("true");
});

describe.each(testedStores(() => redis().port))("$name", ({ bound }) => {
  /** Apps that share the store, as processes would; their handlers wait for the test. */
  function processes(count: number, options: IdempotencyOptions<[]> = {}) {
    const started: (() => void)[] = [];
    const errors: unknown[] = [];
    const apps = Array.from({ length: count }, () => {
      const app = createApp({ bind: [guardStore.to(bound())], onError: (error) => errors.push(error) });
      app.post(
        "/",
        { use: [idempotency(options)] },
        () => new Promise<string>((resolve) => started.push(() => resolve("done"))),
      );
      return app;
    });
    const ask = async (i: number, key: string): Promise<Response> =>
      (apps[i % count] ?? createApp()).fetch(
        new Request("http://localhost/", { method: "POST", headers: { "idempotency-key": key } }),
      );
    return { apps, ask, started, errors };
  }

  test("of 100 at once, one runs and the others are told that it is under way", async () => {
    const { apps, ask, started } = processes(4);
    const key = newKey();
    const all = Promise.all(Array.from({ length: 100 }, (_, i) => ask(i, key)));
    await expect.poll(() => started.length).toBe(1);
    const others = Promise.all(Array.from({ length: 20 }, (_, i) => ask(i, key)));
    for (const answer of await others) expect([answer.status, answer.headers.get("retry-after")]).toEqual([409, "1"]);
    started[0]?.();
    const statuses = (await all).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    for (const answer of await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i, key))))
      expect(await answer.text()).toBe("done");
    expect(started).toHaveLength(1);
    for (const app of apps) await app.close();
  });

  test("answers are forgotten after their time", async () => {
    const { apps, ask, started } = processes(1, { ttl: 1 });
    const key = newKey();
    const first = ask(0, key);
    await expect.poll(() => started.length).toBe(1);
    started[0]?.();
    await first;
    const second = (async () => {
      for (let answer = await ask(0, key); ; answer = await ask(0, key)) if (started.length > 1) return answer;
    })();
    await expect.poll(() => (started[1]?.(), started.length)).toBe(2);
    await second;
    for (const app of apps) await app.close();
  });
});

test("a lease is renewed while the request runs", async () => {
  const clock = { now: 0 };
  const memory = memoryStore({ now: () => clock.now });
  let renewed = 0;
  const spy: Store = {
    ...memory,
    replace: (key, before, after, ttl) => {
      if (before !== after) return memory.replace(key, before, after, ttl);
      renewed++;
      clock.now += 20;
      return memory.replace(key, before, after, ttl);
    },
  };
  const app = createApp({ bind: [guardStore.with(spy)] });
  const done = Promise.withResolvers<string>();
  app.post("/", { use: [idempotency({ lease: 30 })] }, () => done.promise);
  const ask = async (): Promise<Response> =>
    app.fetch(new Request("http://localhost/", { method: "POST", headers: { "idempotency-key": "k" } }));
  const first = ask();
  await expect.poll(() => renewed).toBeGreaterThan(5);
  expect((await ask()).status).toBe(409);
  done.resolve("done");
  expect((await first).status).toBe(200);
  expect((await ask()).headers.get("idempotent-replayed")).toBe("true");
});

test("a request whose lease ran out is told of", async () => {
  const clock = { now: 0 };
  const errors: unknown[] = [];
  const app = createApp({
    bind: [guardStore.with(memoryStore({ now: () => clock.now }))],
    onError: (error) => errors.push(error),
  });
  app.post("/", { use: [idempotency({ lease: "1m" })] }, () => {
    clock.now += 61_000; // the process stood still
    return "done";
  });
  const answer = await app.fetch(
    new Request("http://localhost/", { method: "POST", headers: { "idempotency-key": "k" } }),
  );
  expect(await answer.text()).toBe("done");
  expect(errors).toEqual([expect.objectContaining({ code: "OS_IDEMPOTENCY_LEASE" })]);
});

test("a full memory refuses what it could not remember", async () => {
  const errors: unknown[] = [];
  const app = createApp({
    bind: [guardStore.with(memoryStore({ size: 100 }))],
    onError: (error) => errors.push(error),
  });
  let runs = 0;
  app.post("/", { use: [idempotency()] }, () => String(++runs));
  const answer = await app.fetch(
    new Request("http://localhost/", { method: "POST", headers: { "idempotency-key": "k" } }),
  );
  expect(await answer.json()).toMatchObject({ name: "idempotencyUnavailable" });
  expect(errors).toEqual([expect.objectContaining({ code: "OS_STORE_FULL" })]);
  expect(runs).toBe(0);
});

test("an answer for which there is no room is not made again", async () => {
  const errors: unknown[] = [];
  const app = createApp({
    bind: [guardStore.with(memoryStore({ size: 1000 }))],
    onError: (error) => errors.push(error),
  });
  let runs = 0;
  app.post("/", { use: [idempotency()] }, () => `${++runs} ${"x".repeat(1000)}`);
  const ask = async (): Promise<Response> =>
    app.fetch(new Request("http://localhost/", { method: "POST", headers: { "idempotency-key": "k" } }));
  expect(await (await ask()).text()).toMatch(/^1 x/);
  expect(errors).toEqual([expect.objectContaining({ code: "OS_STORE_FULL" })]);
  expect(await (await ask()).json()).toMatchObject({ name: "answerNotKept" });
  expect(runs).toBe(1);
});

describe.runIf(hasRedis)("while Redis is away", () => {
  test("a request with a key is refused, one without runs, and it is told once", async () => {
    await using server = await startRedis();
    const errors: unknown[] = [];
    const app = createApp({
      bind: [guardStore.to(redisAt(() => server.port, { timeout: "1s", pause: "1s" }))],
      onError: (error) => errors.push(error),
    });
    let runs = 0;
    app.post("/", { use: [idempotency()] }, () => String(++runs));
    const ask = async (headers: Record<string, string>): Promise<string> => {
      const answer = await app.fetch(new Request("http://localhost/", { method: "POST", headers }));
      return answer.status === 200 ? answer.text() : `${answer.status} ${answer.headers.get("retry-after")}`;
    };
    expect(await ask({ "idempotency-key": "a" })).toBe("1");
    server.freeze();
    for (let i = 0; i < 5; i++) expect(await ask({ "idempotency-key": "a" })).toBe("503 1");
    expect(await ask({})).toBe("2");
    expect(errors).toEqual([expect.objectContaining({ code: "OS_STORE_DOWN" })]);
    server.thaw();
    await expect.poll(() => ask({ "idempotency-key": "a" }), { timeout: 20_000 }).toBe("1");
    expect(runs).toBe(2);
    await app.close();
  });

  test("a key whose process was killed is free again", async () => {
    await using server = await startRedis();
    const child = fork(new URL("dying.ts", import.meta.url), [String(server.port)]);
    await once(child, "message");
    const app = dyingApp(server.port, () => "done");
    const ask = async (): Promise<number> => (await app.fetch(dyingRequest())).status;
    expect(await ask()).toBe(409);
    child.kill("SIGKILL");
    await expect.poll(ask).toBe(200);
    await app.close();
  });

  test("an answer that could not be kept goes out all the same", async () => {
    await using server = await startRedis();
    const errors: unknown[] = [];
    const app = createApp({
      bind: [guardStore.to(redisAt(() => server.port, { timeout: "1s", pause: "1s" }))],
      onError: (error) => errors.push(error),
    });
    app.post("/", { use: [idempotency()] }, async () => {
      await server.kill();
      return "done";
    });
    const answer = await app.fetch(
      new Request("http://localhost/", { method: "POST", headers: { "idempotency-key": "k" } }),
    );
    expect(await answer.text()).toBe("done");
    expect(errors).toEqual([expect.objectContaining({ code: "OS_STORE_DOWN" })]);
    await app.close();
  });
});

describe("the field", () => {
  test("any string that can be written as one is read back", () => {
    const ascii = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 255,
    });
    fc.assert(
      fc.property(ascii, (key) => {
        expect(parseIdempotencyKey(`"${key.replace(/["\\]/g, "\\$&")}"`)).toBe(key);
      }),
    );
  });

  test("any text is read or refused, quickly", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', "\\", "a", " ", ",", "é") }), (text) => {
        const key = parseIdempotencyKey(text);
        if (key !== undefined) expect(key.length).toBeGreaterThan(0);
      }),
    );
    expect(parseIdempotencyKey(`"${'\\"'.repeat(100_000)}`)).toBeUndefined();
  });
});

test("the graph shows it, and its problems", async () => {
  const app = createApp();
  app.post("/", { use: [idempotency({ required: true, ttl: "7d" })] }, () => "");
  await app.ready();
  const [route] = (await graph(app)).routes;
  expect(route === undefined ? [] : idempotencyKeys.all(route)).toEqual([{ required: true, ttl: "7d" }]);
  expect(route?.problems).toMatchObject({
    idempotencyKeyMissing: { status: 400 },
    idempotencyKeyReused: { status: 422 },
    requestUnderWay: { status: 409 },
    answerNotKept: { status: 409 },
    idempotencyUnavailable: { status: 503 },
  });
});

test.each([{ ttl: "0s" }, { lease: "soon" as "1s" }, { size: "huge" as "1KiB" }] as const)(
  "%j is refused where it is written",
  (options) => {
    expect(() => idempotency(options)).toThrow(/OS_INVALID_LIMIT/);
  },
);
