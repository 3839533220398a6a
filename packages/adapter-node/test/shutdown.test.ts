import { describe, expect, test } from "vitest";
import { appOf, text } from "./app.ts";
import { startChild } from "./child.ts";
import { deferred, start } from "./harness.ts";
import { churn, load } from "./load.ts";
import { rawClient, request, statuses } from "./raw.ts";

describe("SIGTERM under keep-alive load", () => {
  test.each([
    ["one process, requests back to back", {}, undefined],
    ["one process, pauses of up to 50 ms", {}, () => Math.random() * 50],
    ["two workers", { workers: 2 }, undefined],
  ])("%s: none of 10,000 fails", { timeout: 60_000 }, async (_name, options, pause) => {
    const child = await startChild(options);
    expect(child.port).toBeGreaterThan(0);
    const clients = load({ port: child.port, connections: pause === undefined ? 50 : 400, pause });
    await clients.reached(10_000);
    child.process.kill("SIGTERM");
    const [{ code }] = await Promise.all([child.exit, clients.done]);
    expect(clients.failed).toEqual([]);
    expect(code).toBe(0);
    expect(child.output()).toContain("closed");
  });

  // Of one process only: which worker takes a connection that arrives while all of them close is the kernel's to say.
  test(
    "one process, a new connection for each request: none that was accepted is reset",
    { timeout: 60_000 },
    async () => {
      const child = await startChild({});
      expect(child.port).toBeGreaterThan(0);
      const clients = churn({ port: child.port, connections: 16 });
      await clients.reached(500);
      child.process.kill("SIGTERM");
      await Promise.all([child.exit, clients.done]);
      expect(clients.failed).toEqual([]);
    },
  );

  test("a second signal does not wait", async () => {
    const child = await startChild({ grace: 60_000 });
    const client = rawClient(child.port);
    client.send(request("GET /"));
    client.send(request("GET /never"));
    client.socket.on("error", () => undefined);
    await client.until(/hello$/);
    child.process.kill("SIGTERM");
    await refused(child);
    child.process.kill("SIGTERM");
    expect(await child.exit).toEqual({ code: 1, signal: null });
  });

  test("exits within the grace time", async () => {
    const child = await startChild({ grace: 300 });
    const client = rawClient(child.port);
    client.send(request("GET /never"));
    client.send(request("GET /"));
    const closed = client.end().catch(() => "reset");
    await new Promise((resolve) => client.socket.once("connect", resolve));
    const before = performance.now();
    child.process.kill("SIGTERM");
    expect(await child.exit).toEqual({ code: 0, signal: null });
    expect(performance.now() - before).toBeLessThan(2000);
    await closed;
  });
});

/** Settles when the server no longer accepts connections. */
async function refused({ port }: { readonly port: number }): Promise<void> {
  for (;;) {
    const probe = rawClient(port);
    const outcome = await new Promise((resolve) => {
      probe.socket.once("connect", () => resolve("connect"));
      probe.socket.once("error", () => resolve("error"));
    });
    probe.socket.destroy();
    if (outcome === "error") return;
  }
}

describe("close", () => {
  test("waits for what is in flight and says Connection: close", async () => {
    const arrived = deferred();
    const go = deferred();
    const server = await start(
      async () => {
        arrived.resolve();
        await go.promise;
        return text("done");
      },
      { grace: 5000 },
    );
    const client = rawClient(server.port);
    client.send(request("GET /"));
    await arrived.promise;
    const closed = server.close();
    await refused(server);
    go.resolve();
    expect(await client.end()).toMatch(/^HTTP\/1\.1 200 [^]*connection: close[^]*done$/i);
    client.socket.destroy();
    await closed;
  });

  test("answers the next requests of an idle connection, as many as arrive together", async () => {
    const server = await start((incoming) => text(incoming.target), { quiet: 5000 });
    const client = rawClient(server.port);
    client.send(request("GET /0"));
    await client.until(/\/0$/);
    const closed = server.close();
    await refused(server);
    client.send(request("GET /1") + request("GET /2") + request("GET /3"));
    const received = await client.end();
    expect(statuses(received)).toEqual([200, 200, 200, 200]);
    expect(received).toMatch(/\/2HTTP[^]*connection: close[^]*\/3$/i);
    expect(received.match(/connection: close/gi)).toHaveLength(1);
    client.socket.destroy();
    await closed;
  });

  test("ends a connection that stays silent for the quiet period", async () => {
    const server = await start(() => text("x"), { quiet: 50, grace: 60_000 });
    const client = rawClient(server.port);
    client.send(request("GET /"));
    await client.until(/x$/);
    await Promise.all([server.close(), client.end()]);
    client.socket.destroy();
  });

  test("is the same however often it is asked for, and ends the app last", async () => {
    const events: string[] = [];
    const server = await start(appOf(() => text("x"), { close: async () => void events.push("app") }));
    const closing = [server.close(), server.close()];
    await Promise.all(closing);
    expect(events).toEqual(["app"]);
  });

  test("cuts what is left after the grace time", async () => {
    const arrived = deferred();
    const aborted = deferred();
    const server = await start(
      (incoming) => {
        incoming.signal.addEventListener("abort", () => aborted.resolve());
        arrived.resolve();
        return new Promise<never>(() => undefined);
      },
      { grace: "100ms" },
    );
    const client = rawClient(server.port);
    client.send(request("GET /"));
    client.socket.on("error", () => undefined);
    await arrived.promise;
    await server.close();
    await aborted.promise;
  });
});
