import { provide, type Provider } from "@openspeed/core";
import { Redis } from "ioredis";
import type { Store } from "../src/index.ts";
import { redisStore, type RedisOptions } from "../src/redis.ts";

/** A store in Redis with a connection that ends with its app. */
export function redisAt(
  port: () => number,
  options: Omit<RedisOptions<[]>, "client" | "use"> = {},
): Provider<"guardStore", Store> {
  const redis = provide("redis", { scope: "app", dispose: (redis: Redis) => redis.disconnect() }, () => {
    const client = new Redis(port(), "127.0.0.1");
    client.on("error", () => {}); // the store tells of it
    return client;
  });
  return redisStore({ ...options, use: [redis], client: ({ redis }) => redis });
}
