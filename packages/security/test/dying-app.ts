/** What a process does that is killed in the middle of it, and another one after it. */
import { type App, createApp } from "@openspeed/core";
import { idempotency, guardStore } from "../src/index.ts";
import { redisAt } from "./redis-at.ts";

export function dyingApp(port: number, handle: () => string | Promise<string>): App {
  const app = createApp({ bind: [guardStore.to(redisAt(() => port))] });
  return app.post("/", { use: [idempotency({ lease: "300ms" })] }, handle);
}

export function dyingRequest(): Request {
  return new Request("http://localhost/", { method: "POST", headers: { "idempotency-key": "k" } });
}
