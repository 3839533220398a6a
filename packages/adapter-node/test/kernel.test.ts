import { createApp, middleware, text } from "@openspeed/core";
import { expect, test } from "vitest";
import { deferred, start } from "./harness.ts";
import { rawClient } from "./raw.ts";

test("the kernel is served: a route, its 404, a target over the limit, and waitUntil work at close", async () => {
  const events: string[] = [];
  const app = createApp({ limits: { url: 100 } });
  app.get("/", () => "Hello");
  app.get("/late", ({ waitUntil }) => {
    waitUntil(new Promise<void>((resolve) => setImmediate(resolve)).then(() => void events.push("work")));
    return "soon";
  });
  const server = await start(app);
  expect(await (await fetch(server.url)).text()).toBe("Hello");
  expect((await fetch(`${server.url}/none`)).status).toBe(404);
  expect((await fetch(`${server.url}/${"x".repeat(200)}`)).status).toBe(414);
  expect(await (await fetch(`${server.url}/late`)).text()).toBe("soon");
  await server.close();
  expect(events).toEqual(["work"]);
});

test("a client that leaves while it sends its body is no error of the app", async () => {
  const errors: unknown[] = [];
  const told: unknown[] = [];
  const ended = deferred();
  const app = createApp({
    onError: (error) => void errors.push(error),
    use: [
      middleware("told", {}, async (_, next) => {
        const outcome = await next();
        told.push(outcome.status);
        ended.resolve();
        return outcome;
      }),
    ],
  });
  app.post("/", { body: text() }, ({ body }) => body);
  const server = await start(app);
  const client = rawClient(server.port);
  client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\nexpect: 100-continue\r\n\r\nname=");
  await client.until(/100 Continue/);
  client.socket.destroy();
  await ended.promise;
  expect([told, errors]).toEqual([[400], []]);
});
