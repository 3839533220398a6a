import { serve } from "@openspeed/adapter-node";
import { type App, createApp, graph, type ItemContext, problem, provide, type Provider } from "@openspeed/core";
import { transports } from "@openspeed/testing";
import { describe, expect, test } from "vitest";
import {
  behindProxies,
  client,
  memoryStore,
  networkOf,
  rateLimit,
  rateLimits,
  type Store,
  guardStore,
} from "../src/index.ts";
import { redisOfFile, testedStores } from "./stores.ts";

const byName = ({ header }: ItemContext): string | undefined => header("x-name") ?? undefined;
const as = (name: string): { headers: Record<string, string> } => ({ headers: { "x-name": name } });
const quiet = { onError: (): void => {} };

/** A store that a test sets the time of. */
function timed(): { readonly clock: { now: number }; readonly bound: Provider<"guardStore", Store> } {
  const clock = { now: 0 };
  return { clock, bound: provide("guardStore", { scope: "app" }, () => memoryStore({ now: () => clock.now })) };
}

describe.each(transports(serve))("by $name", ({ testApp }) => {
  test("so many pass, the next one is told when to come back", async () => {
    const { clock, bound } = timed();
    const app = createApp({ bind: [guardStore.to(bound)] });
    app.get("/", { use: [rateLimit({ limit: 2, window: "1m", by: byName })] }, () => "in");
    await using t = await testApp(app);
    await t("GET /", as("ada"))
      .expect(200)
      .expectHeader("ratelimit-policy", '"2/1m";q=2;w=60')
      .expectHeader("ratelimit", '"2/1m";r=1;t=61');
    clock.now += 30_000;
    await t("GET /", as("ada")).expect(200).expectHeader("ratelimit", '"2/1m";r=0;t=31');
    await t("GET /", as("ada"))
      .expectProblem("tooManyRequests", { title: "Too many requests", detail: "At most 2 requests in 60 s." })
      .expectHeader("retry-after", "31")
      .expectHeader("ratelimit", '"2/1m";r=0;t=31')
      .expectHeader("ratelimit-policy", '"2/1m";q=2;w=60');
    await t("GET /", as("bob")).expect(200);
    clock.now += 31_000;
    await t("GET /", as("ada")).expect(200).expectHeader("ratelimit", '"2/1m";r=0;t=30');
    await t("GET /", as("ada")).expect(429);
  });

  test("of several limits all hold, and headers tell all", async () => {
    const { clock, bound } = timed();
    const app = createApp({ bind: [guardStore.to(bound)] });
    const hour = rateLimit({ limit: 3, window: "1h", by: byName, name: "hour" });
    const second = rateLimit({ limit: 2, window: "1s", by: byName, name: "second" });
    app.group("/a", [hour]).get("/", { use: [second] }, () => "in");
    await using t = await testApp(app);
    await t("GET /a", as("ada"))
      .expect(200)
      .expectHeader("ratelimit-policy", '"hour";q=3;w=3600, "second";q=2;w=1')
      .expectHeader("ratelimit", /^"hour";r=2;t=\d+, "second";r=1;t=2$/);
    await t("GET /a", as("ada")).expect(200);
    await t("GET /a", as("ada"))
      .expect(429)
      .expectHeader("retry-after", "2")
      .expectHeader("ratelimit", /^"hour";r=0;t=\d+, "second";r=0;t=2$/);
    clock.now += 2000;
    await t("GET /a", as("ada"))
      .expect(429)
      .expectHeader("ratelimit", /^"hour";r=0;t=\d+$/);
  });

  test("a name counts all its routes together, without one each counts by itself", async () => {
    const app = createApp();
    const named = rateLimit({ limit: 1, window: "1h", by: byName, name: "all" });
    const unnamed = rateLimit({ limit: 1, window: "1h", by: byName });
    app
      .group("/named", [named])
      .get("/a", () => "a")
      .get("/b", () => "b");
    app
      .group("/unnamed", [unnamed])
      .get("/a", () => "a")
      .get("/b", () => "b")
      .get("/:id", () => "id");
    await using t = await testApp(app);
    await t("GET /named/a", as("ada")).expect(200);
    await t("GET /named/b", as("ada")).expect(429);
    await t("GET /unnamed/a", as("ada")).expect(200);
    await t("GET /unnamed/b", as("ada")).expect(200);
    await t("GET /unnamed/c", as("ada")).expect(200);
    await t("GET /unnamed/d", as("ada")).expect(429);
  });

  test("two limits of one route count by themselves, also with the same figures and the same text to count by", async () => {
    const { bound } = timed();
    const twice = { limit: 2, window: "1m" } as const;
    const address = ({ header }: ItemContext): string => header("x-address") ?? "";
    const app = createApp({ bind: [guardStore.to(bound)], use: [rateLimit({ ...twice, by: address })] });
    app.get("/", { use: [rateLimit({ ...twice, by: byName })] }, () => "in");
    await using t = await testApp(app);
    const from = (at: string, name: string) => ({ headers: { "x-address": at, "x-name": name } });
    // Who calls itself what another one's address is must not use up what that one has.
    for (let i = 0; i < 2; i++) await t("GET /", from(`192.0.2.${i}`, "203.0.113.7")).expect(200, "in");
    for (let i = 0; i < 2; i++) await t("GET /", from("203.0.113.7", `ada${i}`)).expect(200, "in");
    await t("GET /", from("203.0.113.7", "bob")).expect(429);
  });

  test("around the app it counts what no route takes too", async () => {
    const app = createApp({ use: [rateLimit({ limit: 2, window: "1h", by: byName, name: "app" })] });
    app.get("/", () => "in");
    await using t = await testApp(app);
    await t("GET /nothing", as("ada"))
      .expect(404)
      .expectHeader("ratelimit", /^"app";r=1/);
    await t("GET /", as("ada")).expect(200);
    await t("GET /nothing", as("ada")).expect(429);
  });

  test("undefined is exempt, and leaves no trace", async () => {
    const app = createApp();
    app.get("/", { use: [rateLimit({ limit: 1, window: "1h", by: byName })] }, () => "in");
    await using t = await testApp(app);
    for (let i = 0; i < 3; i++) await t("GET /").expect(200).expectHeader("ratelimit", null);
  });

  test("what it counts by may be asked for, and answers with its own problems", async () => {
    const user = provide(
      "user",
      { problems: { unauthenticated: problem(401, "Sign in") } },
      async ({ header, fail }) => ({
        id: Number(header("x-user") ?? fail.unauthenticated()),
      }),
    );
    const app = createApp();
    app.get("/", { use: [rateLimit({ limit: 1, window: "1h", use: [user], by: ({ user }) => user.id })] }, () => "in");
    await using t = await testApp(app);
    await t("GET /").expectProblem("unauthenticated");
    await t("GET /", { headers: { "x-user": 7 } }).expect(200);
    await t("GET /", { headers: { "x-user": 7 } }).expect(429);
    await t("GET /", { headers: { "x-user": 8 } }).expect(200);
  });

  test("errors, problems and streams carry the headers too", async () => {
    const app = createApp(quiet);
    const limit = rateLimit({ limit: 5, window: "1h", by: byName, name: "all" });
    app.get("/error", { use: [limit] }, () => {
      throw new Error("It broke.");
    });
    app.get("/problem", { use: [limit], problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone());
    app.get("/stream", { use: [limit] }, async function* () {
      yield "a";
    });
    await using t = await testApp(app);
    await t("GET /error", as("ada")).expect(500).expectHeader("ratelimit", /r=4/);
    await t("GET /problem", as("ada")).expect(410).expectHeader("ratelimit", /r=3/);
    await t("GET /stream", as("ada")).expect(200).expectHeader("ratelimit", /r=2/);
    await t("HEAD /problem", as("ada")).expect(410).expectHeader("ratelimit", /r=1/);
  });
});

/** An app whose clients say where they are, as behind a platform. */
function clientApp(...use: readonly ReturnType<typeof rateLimit>[]): (address: string) => Promise<number> {
  const app = createApp({ ...quiet, bind: [client.to(behindProxies({ trust: ["platform"], header: "x-real-ip" }))] });
  app.get("/", { use }, () => "in");
  return async (address) =>
    (await app.fetch(new Request("http://localhost/", { headers: { "x-real-ip": address } }))).status;
}

describe("clients by default", () => {
  test("an IPv4 client is its address, an IPv6 client its /64", async () => {
    const ask = clientApp(rateLimit({ limit: 1, window: "1h" }));
    expect(await ask("203.0.113.9")).toBe(200);
    expect(await ask("::ffff:203.0.113.9")).toBe(429);
    expect(await ask("64:ff9b::203.0.113.9")).toBe(429);
    expect(await ask("203.0.113.10")).toBe(200);
    expect(await ask("2001:db8::1")).toBe(200);
    expect(await ask("2001:db8::ffff:2")).toBe(429);
    expect(await ask("2001:db8:0:1::1")).toBe(200);
  });

  test("another length, and more than the address", async () => {
    const by = ({ client, query }: ItemContext & { client: Parameters<typeof networkOf>[0] }): string =>
      `${networkOf(client, { ipv6: 56 })} ${String(query["name"])}`;
    const app = createApp({ bind: [client.with({ address: "2001:db8::1", protocol: "http", host: undefined })] });
    app.get("/", { use: [rateLimit({ limit: 1, window: "1h", use: [client], by })] }, () => "in");
    const ask = async (name: string): Promise<number> =>
      (await app.fetch(new Request(`http://localhost/?name=${name}`))).status;
    expect([await ask("ada"), await ask("ada"), await ask("bob")]).toEqual([200, 429, 200]);
  });

  test("a client whose address nobody tells is an error that says what to do, and nobody passes", async () => {
    const errors: unknown[] = [];
    const app = createApp({ onError: (error) => errors.push(error) });
    app.get("/", { use: [rateLimit({ limit: 1, window: "1h" })] }, () => "in");
    const answer = await app.fetch(new Request("http://localhost/"));
    expect(answer.status).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ code: "OS_CLIENT_UNKNOWN" })]);
    expect(String(errors[0])).toMatch(/behindProxies/);
  });
});

test("keys of different callers, routes and limits never meet", async () => {
  const keys: string[] = [];
  const spy: Store = { ...memoryStore(), take: (key) => (keys.push(key), { taken: true, used: 1, frees: 1 }) };
  const app = createApp({ bind: [guardStore.with(spy)] });
  const names = [
    "a",
    "a:b",
    "a%3Ab",
    "a\0",
    "a\0b",
    "{a}",
    "",
    " ",
    "ก",
    "\uD800",
    "\uD801",
    "\uFFFD",
    "x".repeat(101),
    "x".repeat(102),
    "#1",
    `#${"0".repeat(64)}`,
  ];
  const by = ({ query }: ItemContext): string => names[Number(query["i"])] ?? "";
  app.get("/a", { use: [rateLimit({ limit: 1, window: "1m", by })] }, () => "");
  app.get("/a/:b", { use: [rateLimit({ limit: 1, window: "1m", by })] }, () => "");
  app.get("/name", { use: [rateLimit({ limit: 1, window: "1m", by, name: "GET /a" })] }, () => "");
  app.get("/route", { use: [rateLimit({ limit: 1, window: "1m", by, name: "route" })] }, () => "");
  app.get("/limit", { use: [rateLimit({ limit: 11, window: "1m", by, name: "route" })] }, () => "");
  app.get("/window", { use: [rateLimit({ limit: 1, window: "11m", by, name: "route" })] }, () => "");
  for (const path of ["/a", "/a/1", "/name", "/route", "/limit", "/window"])
    for (const [i] of names.entries()) await app.fetch(new Request(`http://localhost${path}?i=${i}`));
  expect(new Set(keys).size).toBe(6 * names.length);
  expect(keys.filter((key) => key.length > 250 || !/^[\x21-\x7e]+$/.test(key) || /[{}]/.test(key))).toEqual([]);
});

test("the graph shows limits and what they answer", async () => {
  const app = createApp();
  app
    .group("/", [rateLimit({ limit: 100, window: "1m", name: "all" })])
    .get("/a", { use: [rateLimit({ limit: 5, window: "15m", onStoreError: "closed" })] }, () => "");
  await app.ready();
  const [route] = (await graph(app)).routes;
  expect(route === undefined ? [] : rateLimits.all(route)).toEqual([
    { name: "all", limit: 100, window: "1m", onStoreError: "local" },
    { limit: 5, window: "15m", onStoreError: "closed" },
  ]);
  expect(route?.problems).toMatchObject({ tooManyRequests: { status: 429 }, limitUnavailable: { status: 503 } });
});

test.each([
  [{ limit: 0, window: "1m" }, /OS_INVALID_LIMIT: rateLimit\(\{ limit \}\)/],
  [{ limit: 1.5, window: "1m" }, /OS_INVALID_LIMIT/],
  [{ limit: Number.NaN, window: "1m" }, /OS_INVALID_LIMIT: .* is NaN/],
  [{ limit: 1, window: "1m", store: memoryStore() as never }, /OS_STORE_INVALID: rateLimit\(\{ store \}\)/],
  [{ limit: 1, window: "1m", onStoreError: "close" as "closed" }, /OS_STORE_INVALID: rateLimit\(\{ onStoreError \}\)/],
  [{ limit: 1, window: "0s" }, /OS_INVALID_LIMIT: rateLimit\(\{ window \}\)/],
  [{ limit: 1, window: "soon" as "1s" }, /OS_INVALID_LIMIT/],
  [{ limit: 1, window: "1m", name: "é" }, /OS_RATE_LIMIT_NAME/],
  [{ limit: 1, window: "1m", name: "a\r\nb" }, /OS_RATE_LIMIT_NAME/],
  [{ limit: 1, window: "1m", name: "" }, /OS_RATE_LIMIT_NAME/],
] as const)("%j is refused where it is written", (options, code) => {
  expect(() => rateLimit(options)).toThrow(code);
});

const redis = redisOfFile();

describe.each(testedStores(() => redis().port))("1,000 requests at once, $name", ({ bound }) => {
  test("exactly the limit passes, over four processes' worth of apps", async () => {
    const apps = Array.from({ length: 4 }, (): App => {
      const app = createApp({ bind: [guardStore.to(bound())] });
      return app.get("/", { use: [rateLimit({ limit: 137, window: "1h", by: byName })] }, () => "in");
    });
    const statuses = await Promise.all(
      Array.from(
        { length: 1000 },
        async (_, i) => (await apps[i % 4]?.fetch(new Request("http://localhost/", as("ada"))))?.status,
      ),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(137);
    expect(statuses.filter((status) => status === 429)).toHaveLength(863);
    for (const app of apps) await app.close();
  });
});
