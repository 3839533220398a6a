import { createApp, provide } from "@openspeed/core";
import { hasRedis, startRedis } from "@openspeed/redis";
import { Cluster, Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { guardStore, rateLimit } from "../src/index.ts";
import { redisStore } from "../src/redis.ts";
import { opened, redisOfFile, testedStores } from "./stores.ts";

const redis = redisOfFile();
const far = 60_000;

test.each([{}, null, { evalSha: () => {} }])("a client that is none of ioredis, %j, ends the start", async (other) => {
  const app = createApp({ bind: [guardStore.to(redisStore({ client: () => other as never }))] });
  app.get("/", { use: [rateLimit({ limit: 1, window: "1m" })] }, () => "x");
  await expect(app.ready()).rejects.toThrow(/^OS_REDIS_CLIENT: .* ioredis 5 or 6\.$/);
});

test("a timeout of Redis that is no duration is told where it is written", () => {
  expect(() => redisStore({ client: () => ({}) as never, timeout: "soon" as "1s" })).toThrow(
    /^OS_INVALID_LIMIT: redisStore\(\{ timeout \}\) is "soon"/,
  );
});

describe.each(testedStores(() => redis().port))("$name", ({ bound }) => {
  test("adds where nothing is", async () => {
    await using store = await opened(bound());
    expect(await store.get("add")).toBeUndefined();
    expect(await store.add("add", "one", far)).toBeUndefined();
    expect(await store.add("add", "two", far)).toBe("one");
    expect(await store.get("add")).toBe("one");
  });

  test("replaces exactly what was there", async () => {
    await using store = await opened(bound());
    await store.add("replace", "one", far);
    expect(await store.replace("replace", "two", "three", far)).toBe(false);
    expect(await store.replace("replace", "one", "two", far)).toBe(true);
    expect(await store.replace("replace", "two", undefined, far)).toBe(true);
    expect(await store.get("replace")).toBeUndefined();
    expect(await store.replace("replace", "two", "three", far)).toBe(false);
  });

  test("carries any text", async () => {
    await using store = await opened(bound());
    for (const value of ["", "\0", "ก\u{1F600}", '{"a":1}', "x".repeat(100_000)]) {
      expect(await store.add(`text ${value.length}`, value, far)).toBeUndefined();
      expect(await store.get(`text ${value.length}`)).toBe(value);
      expect(await store.replace(`text ${value.length}`, value, undefined, far)).toBe(true);
    }
  });

  test("forgets when the time is over", async () => {
    await using store = await opened(bound());
    await store.add("ttl", "one", 1);
    await expect.poll(() => store.get("ttl")).toBeUndefined();
    expect(await store.add("ttl", "two", far)).toBeUndefined();
  });

  test("has one winner among many, over several connections", async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => opened(bound())));
    const claims = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => stores[i % 4]?.add("race", String(i), far)),
    );
    const winner = claims.indexOf(undefined);
    expect(claims.filter((claim) => claim === undefined)).toHaveLength(1);
    expect(new Set(claims)).toEqual(new Set([undefined, String(winner)]));
    const changes = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => stores[i % 4]?.replace("race", String(winner), `next ${i}`, far)),
    );
    expect(changes.filter((changed) => changed === true)).toHaveLength(1);
    for (const store of stores) await store[Symbol.asyncDispose]();
  });

  test("gives exactly the places that there are, over several connections", async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => opened(bound())));
    const places = await Promise.all(
      Array.from({ length: 1000 }, async (_, i) => stores[i % 4]?.take("places", { limit: 137, length: 3_600_000 })),
    );
    expect(places.filter((place) => place?.taken === true)).toHaveLength(137);
    expect(Math.max(...places.map((place) => place?.used ?? 0))).toBe(137);
    for (const store of stores) await store[Symbol.asyncDispose]();
  });

  test("never gives more places than there are in any stretch of time", async () => {
    await using store = await opened(bound());
    const window = { limit: 3, length: 600 };
    const taken: { readonly before: number; readonly after: number }[] = [];
    for (let waited = 0; taken.length < 9 && waited < 10_000; waited++) {
      const before = performance.now();
      const place = await store.take("stretch", window);
      if (place.taken) taken.push({ before, after: performance.now() });
      else await new Promise((resolve) => setTimeout(resolve, 1)); // time itself is what is tested
    }
    const stretches = taken.slice(window.limit).map(({ after }, i) => after - (taken[i]?.before ?? 0));
    expect(stretches).toHaveLength(6);
    expect(Math.min(...stretches)).toBeGreaterThanOrEqual(window.length);
  });
});

test.runIf(hasRedis)("a cluster of Redis has every operation", async () => {
  await using server = await startRedis({ cluster: true });
  const admin = new Redis(server.port, "127.0.0.1");
  await admin.cluster("ADDSLOTSRANGE", 0, 16_383);
  await expect.poll(() => admin.cluster("INFO"), { timeout: 20_000 }).toContain("cluster_state:ok");
  admin.disconnect();
  const cluster = provide(
    "cluster",
    { scope: "app", dispose: (cluster: Cluster) => cluster.disconnect() },
    () => new Cluster([{ host: "127.0.0.1", port: server.port }]),
  );
  await using store = await opened(redisStore({ use: [cluster], client: ({ cluster }) => cluster, timeout: "5s" }));
  for (const key of ["a", "b", "c", "{a}b"]) {
    expect(await store.take(key, { limit: 1, length: 60_000 })).toMatchObject({ taken: true });
    expect(await store.add(`${key}:value`, "one", far)).toBeUndefined();
    expect(await store.replace(`${key}:value`, "one", "two", far)).toBe(true);
    expect(await store.get(`${key}:value`)).toBe("two");
  }
});
