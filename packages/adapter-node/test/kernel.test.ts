import { createApp } from "@openspeed/core";
import { expect, test } from "vitest";
import { start } from "./harness.ts";

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
