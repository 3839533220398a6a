/** Every store that the tests of guards run on: memory, and a real Redis where there is one. */
import { hasRedis, type RedisServer, startRedis } from "@openspeed/redis";
import { createApp, provide, type Provider } from "@openspeed/core";
import { afterAll, beforeAll } from "vitest";
import { memoryStore, type Store, guardStore } from "../src/index.ts";
import { redisAt } from "./redis-at.ts";

/** How a provider for an app is made; each call of a Redis one has a connection of its own, as another process would. */
export interface TestedStore {
  readonly name: "memory" | "redis";
  readonly bound: () => Provider<"guardStore", Store>;
}

let server: RedisServer | undefined;

/** The Redis of a file of tests. */
export function redisOfFile(): () => RedisServer {
  beforeAll(async () => {
    if (hasRedis) server ??= await startRedis();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    server = undefined;
  });
  return () => {
    if (server === undefined) throw new Error("Redis has not started.");
    return server;
  };
}

export function testedStores(port: () => number): readonly TestedStore[] {
  const memory = memoryStore();
  return [
    { name: "memory", bound: () => provide("guardStore", { scope: "app" }, () => memory) },
    ...(hasRedis ? [{ name: "redis", bound: () => redisAt(port, { timeout: "5s" }) } as const] : []),
  ];
}

/** The store itself, outside of any route. */
export async function opened(bound: Provider<"guardStore", Store>): Promise<Store & AsyncDisposable> {
  let found: Store | undefined;
  const app = createApp({ bind: [guardStore.to(bound)] });
  app.get("/", { use: [guardStore] }, ({ guardStore }) => {
    found = guardStore;
    return "";
  });
  await app.fetch(new Request("http://localhost/"));
  if (found === undefined) throw new Error("The app has no store.");
  return Object.assign(found, { [Symbol.asyncDispose]: () => app.close() });
}
