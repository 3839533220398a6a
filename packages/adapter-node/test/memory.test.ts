import { expect, test } from "vitest";
import { startChild } from "./child.ts";
import { rawClient, request } from "./raw.ts";

interface Memory {
  readonly rss: number;
  readonly produced: number;
}

test("a 1 GB body for a client that never reads stays in its source", { timeout: 30_000 }, async () => {
  const child = await startChild();
  const memory = (): Promise<Memory> =>
    new Promise((resolve) => {
      child.process.once("message", (message) => resolve(message as Memory));
      child.process.send("memory");
    });
  const before = await memory();
  const client = rawClient(child.port);
  client.socket.pause();
  client.send(request("GET /gigabyte"));
  // Nothing moves any more when two looks a good while of event loop turns apart agree.
  let last = await memory();
  for (let same = 0; same < 200;) {
    const next = await memory();
    same = next.produced > 0 && next.produced === last.produced ? same + 1 : 0;
    last = next;
  }
  expect(last.produced).toBeLessThan(32);
  expect(last.rss - before.rss).toBeLessThan(100 * 1024 * 1024);
  client.socket.destroy();
  child.process.kill("SIGKILL");
  await child.exit;
});
