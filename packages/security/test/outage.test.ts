import { type App, createApp, type ItemContext } from "@openspeed/core";
import { hasRedis, type RedisServer, startRedis } from "@openspeed/redis";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rateLimit, type Store, guardStore, StoreDown, withCircuit } from "../src/index.ts";
import { redisAt } from "./redis-at.ts";

const by = ({ header }: ItemContext): string => header("x-name") ?? "";

describe.runIf(hasRedis)("Redis", () => {
  let server: RedisServer;
  let app: App;
  let errors: unknown[] = [];
  beforeEach(async () => {
    errors = [];
    server = await startRedis();
    app = createApp({
      bind: [guardStore.to(redisAt(() => server.port, { timeout: "1s", pause: "1s" }))],
      onError: (error) => errors.push(error),
    });
    for (const onStoreError of ["local", "open", "closed"] as const)
      app.get(`/${onStoreError}`, { use: [rateLimit({ limit: 2, window: "1h", by, onStoreError })] }, () => "in");
  });
  afterEach(async () => {
    await app.close();
    await server[Symbol.asyncDispose]();
  });

  async function ask(path: string, name: string): Promise<{ status: number; limit: string | null }> {
    const answer = await app.fetch(new Request(`http://localhost/${path}`, { headers: { "x-name": name } }));
    return { status: answer.status, limit: answer.headers.get("ratelimit") };
  }
  /** What was asked of a dead Redis may reach it when it is back, and count: whoever asks until then has to be another one. */
  let names = 0;
  const newName = (): string => `name ${names++}`;
  const statuses = async (path: string, times: number, name: string): Promise<number[]> => {
    const all: number[] = [];
    for (let i = 0; i < times; i++) all.push((await ask(path, name)).status);
    return all;
  };

  test.each([
    ["frozen", () => server.freeze(), () => server.thaw()],
    ["killed", () => server.kill(), () => server.restart()],
  ])(
    "that is %s: each limit does what it says, told once, and counts on when Redis is back",
    async (_how, down, up) => {
      expect(await statuses("local", 3, "ada")).toEqual([200, 200, 429]);
      await down();
      expect(await statuses("local", 5, "ada")).toEqual([200, 200, 429, 429, 429]);
      expect(await statuses("open", 5, "ada")).toEqual([200, 200, 200, 200, 200]);
      expect(await ask("open", "ada")).toEqual({ status: 200, limit: null });
      expect(await statuses("closed", 3, "ada")).toEqual([503, 503, 503]);
      expect(errors).toEqual([expect.any(StoreDown)]);
      expect(errors[0]).toMatchObject({ code: "OS_STORE_DOWN" });
      await up();
      await expect.poll(async () => (await ask("closed", newName())).status, { timeout: 20_000 }).toBe(200);
      expect(await statuses("closed", 3, newName())).toEqual([200, 200, 429]);
      expect(errors).toHaveLength(1);
    },
  );

  test("a second outage is told again, and many requests at once ask a dead store a few times", async () => {
    await server.kill();
    const all = await Promise.all(Array.from({ length: 500 }, async (_, i) => (await ask("closed", String(i))).status));
    expect(new Set(all)).toEqual(new Set([503]));
    expect(errors).toHaveLength(1);
    await server.restart();
    await expect.poll(async () => (await ask("closed", newName())).status, { timeout: 20_000 }).toBe(200);
    await server.kill();
    await expect.poll(async () => (await ask("closed", newName())).status, { timeout: 20_000 }).toBe(503);
    expect(errors).toHaveLength(2);
  });

  test("that forgot its scripts gets them again", async () => {
    expect(await statuses("closed", 1, "ada")).toEqual([200]);
    await server.restart();
    await expect.poll(async () => (await ask("closed", newName())).status, { timeout: 20_000 }).toBe(200);
  });
});

describe("a circuit", () => {
  const place = { taken: true, used: 1, frees: 1 };
  const window = { limit: 1, length: 1000 };
  function counted(answer: () => Promise<typeof place>): { readonly store: Store; asked: () => number } {
    let asked = 0;
    const take = (): Promise<typeof place> => {
      asked++;
      return answer();
    };
    return { store: { take, get: () => undefined, add: () => undefined, replace: () => true }, asked: () => asked };
  }

  test("that is open asks nothing until its pause is over, then once", async () => {
    const hanging = counted(() => new Promise(() => {}));
    const guarded = withCircuit(hanging.store, { timeout: "5ms", pause: "1h" });
    await expect(guarded.take("key", window)).rejects.toMatchObject({ noticed: true });
    for (let i = 0; i < 100; i++) await expect(guarded.take("key", window)).rejects.toMatchObject({ noticed: false });
    await expect(guarded.get("key")).rejects.toThrow(/OS_STORE_DOWN/);
    expect(hanging.asked()).toBe(1);

    let answers = false;
    const back = counted(() => (answers ? Promise.resolve(place) : Promise.reject(new Error("down"))));
    const probed = withCircuit(back.store, { timeout: "1s", pause: 1 });
    await expect(probed.take("key", window)).rejects.toMatchObject({ cause: { message: "down" } });
    answers = true;
    await expect.poll(async () => probed.take("key", window)).toEqual(place);
    expect(await probed.take("key", window)).toEqual(place);
  });

  test.each([{ timeout: "0s" }, { pause: "soon" as "1s" }] as const)("%j is refused", (options) => {
    expect(() => withCircuit(counted(() => Promise.resolve(place)).store, options)).toThrow(/OS_INVALID_LIMIT/);
  });
});
