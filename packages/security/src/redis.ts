import { type Awaitable, type Declared, provide, type Provided, type Provider, type Use } from "@openspeed/core";
import { type CircuitOptions, circuitOf, withCircuit } from "./circuit.ts";
import { digest } from "./digest.ts";
import { ADD, REPLACE, TAKE } from "./redis-scripts.ts";
import { stepOf } from "./sliding-window.ts";
import type { Store } from "./store.ts";
import { wrongOption } from "./wrong-option.ts";

/** What a store needs of a client: `Redis` and `Cluster` of ioredis 5 and 6 have it. */
export interface RedisClient {
  get(key: string): Promise<string | null>;
  eval(script: string, keys: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
  evalsha(sha: string, keys: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
}

export interface RedisOptions<U extends readonly Use[]> extends CircuitOptions {
  /** What `client` needs; it lives as long as the app. */
  readonly use?: U;
  /** The client. Whoever makes it closes it. */
  readonly client: (ctx: Provided<U>) => Awaitable<RedisClient>;
  /** What all keys begin with. Default `"openspeed:"`. */
  readonly prefix?: string;
}

/**
 * A store in Redis, shared by all processes of an app. Each operation is one round trip and one script, on one key: a cluster
 * can have it. An answer is waited for at most `timeout`.
 *
 * @throws TypeError `OS_INVALID_LIMIT`; when the app starts, `OS_REDIS_CLIENT` for what is no such client
 * @example
 * const redis = provide("redis", { scope: "app", dispose: (redis) => redis.disconnect() }, () => new Redis());
 * createApp({ bind: [guardStore.to(redisStore({ use: [redis], client: ({ redis }) => redis, prefix: "desk:" }))] });
 */
export function redisStore<const U extends readonly Use[] = []>(
  options: RedisOptions<U>,
): Provider<"guardStore", Store, Declared<{}, U>> {
  const { use, client, prefix = "openspeed:" } = options;
  const circuit = circuitOf(options, "redisStore");
  return provide("guardStore", { scope: "app", ...(use && { use }) }, async (ctx) =>
    withCircuit(storeOn(checked(await client(ctx)), prefix), circuit),
  );
}

/** With another library's client every question would fail, which looks like a Redis that is down. */
function checked(client: RedisClient): RedisClient {
  if (typeof client?.evalsha === "function") return client;
  throw wrongOption(
    "OS_REDIS_CLIENT",
    "redisStore({ client }) gave no client of ioredis.",
    "Give Redis or Cluster of ioredis 5 or 6.",
  );
}

function storeOn(client: RedisClient, prefix: string): Store {
  const take = script(client, TAKE);
  const add = script(client, ADD);
  const replace = script(client, REPLACE);
  return {
    async take(key, { limit, length }) {
      const [taken, used = 0, frees = 0] = numbers(await take(prefix + key, limit, length, stepOf(length)));
      return { taken: taken === 1, used, frees };
    },
    get: async (key) => (await client.get(prefix + key)) ?? undefined,
    async add(key, value, ttl) {
      const there = await add(prefix + key, value, ttl);
      return typeof there === "string" ? there : undefined;
    },
    replace: async (key, before, after, ttl) =>
      (await replace(prefix + key, before, ttl, ...(after === undefined ? [] : [after]))) === 1,
  };
}

/** Runs a script by its hash, and sends it where Redis does not have it: new, restarted, failed over. */
function script(client: RedisClient, text: string): (key: string, ...given: (string | number)[]) => Promise<unknown> {
  let sha: Promise<string> | undefined;
  return async (key, ...given) => {
    try {
      return await client.evalsha(await (sha ??= digest("SHA-1", text)), 1, key, ...given);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return client.eval(text, 1, key, ...given);
    }
  };
}

function numbers(value: unknown): number[] {
  if (Array.isArray(value)) return value.map(Number);
  throw new TypeError("Redis answered with something else than a place.");
}
