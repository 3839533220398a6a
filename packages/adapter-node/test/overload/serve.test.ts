import { createApp, lazy, priority, route } from "@openspeed/core";
import { health } from "@openspeed/core/health";
import { describe, expect, test } from "vitest";
import type { NodePlatform, OverloadOptions, ServeOptions, ServerStatus } from "../../src/index.ts";
import { serve } from "../../src/index.ts";
import { appOf, text } from "../app.ts";
import { deferred, start } from "../harness.ts";
import { type RawClient, rawClient, request, statuses } from "../raw.ts";

const few: ServeOptions = { overload: { concurrency: { min: 1, max: 2 } } };

/** An app with work that waits until `go`, and routes that matter more or less. */
function busyApp() {
  const go = deferred();
  const work = async (): Promise<string> => {
    await go.promise;
    return "done";
  };
  let server: ServerStatus | undefined;
  const app = createApp();
  app.get("/work", (ctx) => {
    ({ server } = ctx.platform as NodePlatform);
    return work();
  });
  app.post("/work", ({ request }) => request.text().then(work));
  app.post("/refused", ({ request: { body } }) => body?.cancel().then(work));
  app.post("/chunks", async ({ request: { body } }) => {
    for await (const _chunk of body ?? []) await work();
  });
  app.group("/reports", [priority("low")]).get("/", work);
  app.group("/pay", [priority("critical")]).get("/", work);
  app.mount([
    { method: "GET", path: "/lazy", route: lazy(() => Promise.resolve(route({ use: [priority("low")] }, work))) },
    { method: "GET", path: "/lazy/low", route: lazy(() => Promise.resolve(route(work))), use: [priority("low")] },
  ]);
  app.mount(health());
  return { app, go, status: () => server };
}

/** Sends each request on a connection of its own, when those before were taken in. */
async function fill(
  port: number,
  status: () => ServerStatus | undefined,
  targets: readonly string[],
): Promise<RawClient[]> {
  const clients: RawClient[] = [];
  for (const target of targets) {
    const client = rawClient(port);
    client.send(request(`GET ${target}`));
    clients.push(client);
    while ((status()?.inFlight ?? 0) < clients.length) await new Promise((resolve) => setImmediate(resolve));
  }
  return clients;
}

async function ask(port: number, bytes: string): Promise<string> {
  const client = rawClient(port);
  client.send(bytes);
  const received = await client.until(/\r\n\r\n[^]/);
  client.socket.destroy();
  return received;
}

function close(clients: readonly RawClient[]): void {
  for (const { socket } of clients) socket.destroy();
}

describe("more than may be in flight", () => {
  test("is answered with 503, a problem and Retry-After, and the connection stays", async () => {
    const { app, go, status } = busyApp();
    const server = await start(app, few);
    const clients = await fill(server.port, status, ["/work", "/work"]);
    const client = rawClient(server.port);
    client.send(request("GET /work"));
    const received = await client.until(/\}$/);
    expect(received).toMatch(/^HTTP\/1\.1 503 /);
    expect(received).toMatch(/\r\nretry-after: [123]\r\n/);
    expect(received).toContain("content-type: application/problem+json");
    expect(JSON.parse(received.slice(received.indexOf("\r\n\r\n")))).toMatchObject({ status: 503, name: "overloaded" });
    go.resolve();
    for (const each of clients) await each.until(/done$/);
    client.send(request("GET /work"));
    expect(statuses(await client.until(/done$/))).toEqual([503, 200]);
    expect(status()?.refused).toEqual({ low: 0, normal: 1, critical: 0 });
    expect(status()?.inFlight).toBe(0);
    close([...clients, client]);
  });

  test("no body is read or asked for", async () => {
    const { app, status } = busyApp();
    const server = await start(app, few);
    const clients = await fill(server.port, status, ["/work", "/work"]);
    const received = await ask(server.port, request("POST /work", ["content-length: 900000", "expect: 100-continue"]));
    expect(statuses(received)).toEqual([503]);
    expect(received).toMatch(/connection: close/i);
    close(clients);
  });

  test.each([
    ["/reports", [503, 503]],
    ["/lazy/low", [503, 503]],
    ["/work", [200, 503]],
    ["/pay", [200, 200]],
  ])("by priority: %s", async (target, expected) => {
    const { app, go, status } = busyApp();
    const server = await start(app, { overload: { concurrency: { min: 1, max: 4 } } });
    const clients = await fill(server.port, status, ["/work", "/work", "/work"]);
    const found: number[] = [];
    for (let i = 0; i < 2; i++) {
      const client = rawClient(server.port);
      clients.push(client);
      client.send(request(`GET ${target}`));
      const before = 3 + found.filter((answer) => answer === 200).length;
      const refused = client.until(/503 /).then(() => 503);
      refused.catch(() => undefined);
      const admitted = (async () => {
        while (status()?.inFlight === before) await new Promise((resolve) => setImmediate(resolve));
        return 200;
      })();
      found.push(await Promise.race([refused, admitted]));
    }
    expect(found).toEqual(expected);
    go.resolve();
    close(clients);
  });

  test("a lazy route's own priority counts once it was loaded", async () => {
    const { app, go, status } = busyApp();
    const server = await start(app, { overload: { concurrency: { min: 1, max: 4 } } });
    const clients = await fill(server.port, status, ["/work", "/lazy", "/work"]);
    expect(statuses(await ask(server.port, request("GET /lazy")))).toEqual([503]);
    go.resolve();
    close(clients);
  });

  test("who sends a body slowly, or has left, is not in flight", async () => {
    const { app, go, status } = busyApp();
    const server = await start(app, few);
    const slow = rawClient(server.port);
    slow.send(request("POST /work", ["content-length: 10"], "abc"));
    const clients = await fill(server.port, status, ["/work", "/work"]);
    close([slow]);
    go.resolve();
    for (const each of clients) await each.until(/done$/);
    expect(status()?.inFlight).toBe(0);
    close(clients);
  });

  test.each([
    ["a body that nobody reads", request("GET /work", ["content-length: 1"], "x")],
    ["half a body that nobody reads", request("GET /work", ["content-length: 10"], "abc")],
    ["a body that was read", request("POST /work", ["content-length: 1"], "x")],
    ["a body that is refused", request("POST /refused", ["content-length: 10"], "abc")],
    ["a part of a body that is worked on", request("POST /chunks", ["content-length: 10"], "abc")],
  ])("%s is in flight", async (_, bytes) => {
    const { app, go, status } = busyApp();
    const server = await start(app, few);
    const [first] = await fill(server.port, status, ["/work"]);
    const client = rawClient(server.port);
    client.send(bytes);
    while ((status()?.inFlight ?? 0) < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(statuses(await ask(server.port, request("GET /work")))).toEqual([503]);
    close([client]);
    go.resolve();
    await first?.until(/done$/);
    while ((status()?.inFlight ?? 0) > 0) await new Promise((resolve) => setImmediate(resolve));
    close([first].filter((each) => each !== undefined));
  });

  test("a stream that goes on is not", async () => {
    async function* events(): AsyncGenerator<string> {
      yield "first";
      await new Promise(() => undefined);
    }
    let inFlight = -1;
    const server = await start(
      appOf((incoming) => {
        inFlight = (incoming.platform as NodePlatform).server.inFlight;
        return Promise.resolve({ status: 200, headers: [], body: events() });
      }),
      few,
    );
    const clients = Array.from({ length: 5 }, () => rawClient(server.port));
    for (const client of clients) {
      client.send(request("GET /"));
      await client.until(/first/);
    }
    expect(inFlight).toBe(0);
    close(clients);
  });

  test("nothing is refused with `overload: false`", async () => {
    const { app, go, status } = busyApp();
    const server = await start(app, { overload: false });
    const clients = Array.from({ length: 50 }, () => rawClient(server.port));
    for (const client of clients) client.send(request("GET /work"));
    go.resolve();
    for (const client of clients) await client.until(/200 OK[^]*done$/);
    expect(status()?.refused).toEqual({ low: 0, normal: 0, critical: 0 });
    close(clients);
  });
});

describe("health routes", () => {
  test("are answered when nothing else is, and say so", async () => {
    const { app, status } = busyApp();
    const server = await start(app, few);
    const clients = await fill(server.port, status, ["/work", "/work"]);
    const client = rawClient(server.port);
    client.send(request("GET /work") + request("GET /healthz") + request("GET /readyz"));
    const received = await client.until(/notReady[^]*\}$/);
    expect(statuses(received)).toEqual([503, 200, 503]);
    expect(received).toContain('"overloaded":true');
    close([...clients, client]);
  });

  test("while the server closes it is alive, and not ready", async () => {
    const { app, status } = busyApp();
    const server = await start(app, { quiet: 5000 });
    const clients = await fill(server.port, status, ["/work"]);
    const [alive, ready] = [rawClient(server.port), rawClient(server.port)];
    for (const client of [alive, ready]) {
      client.send(request("GET /healthz"));
      await client.until(/alive/);
    }
    const closed = server.close();
    alive.send(request("GET /healthz"));
    ready.send(request("GET /readyz"));
    expect(statuses(await alive.end())).toEqual([200, 200]);
    const received = await ready.end();
    expect(statuses(received)).toEqual([200, 503]);
    expect(received).toContain('"closing":true');
    close([...clients, alive, ready]);
    await closed;
  });
});

test("handlers that take the loop's time queue up, and all are served", async () => {
  const server = await start(
    (incoming) => {
      for (const end = performance.now() + 2; performance.now() < end;);
      return text(incoming.target);
    },
    { overload: { delay: "10s" } },
  );
  const clients = Array.from({ length: 40 }, () => rawClient(server.port));
  await Promise.all(
    clients.map(async (client, i) => {
      client.send(request(`GET /${i}`).repeat(3));
      const received = await client.until(new RegExp(`(?:/${i}(?=HTTP|$)[^]*){3}`));
      expect(statuses(received)).toEqual([200, 200, 200]);
    }),
  );
  close(clients);
});

describe("an option that cannot be understood is an error at the start", () => {
  test.each<[unknown, string]>([
    [{ delay: "soon" }, "OS_OVERLOAD_INVALID: overload.delay"],
    [{ delay: 0 }, "OS_OVERLOAD_INVALID: overload.delay"],
    [{ retryAfter: -1 }, "OS_OVERLOAD_INVALID: overload.retryAfter"],
    [{ memory: 90 }, "OS_OVERLOAD_INVALID: overload.memory"],
    [{ concurrency: { min: 0 } }, "OS_OVERLOAD_INVALID: overload.concurrency.min"],
    [{ concurrency: { min: 10, max: 5 } }, "OS_OVERLOAD_INVALID: overload.concurrency.max"],
    [{ concurrency: { most: 5 } }, "OS_OVERLOAD_INVALID: overload.concurrency has no option most"],
    [{ dealy: "20ms" }, "OS_OVERLOAD_INVALID: overload has no option dealy"],
    ["on", "OS_OVERLOAD_INVALID: overload"],
    [null, "OS_OVERLOAD_INVALID: overload"],
  ])("%j", async (overload, message) => {
    const given = overload as OverloadOptions;
    await expect(
      serve(
        appOf(() => text("")),
        { port: 0, signals: false, overload: given },
      ),
    ).rejects.toThrow(message);
  });

  test.each([0, -1, 1.5, Number.NaN])("connections: %d", async (connections) => {
    const serving = serve(
      appOf(() => text("")),
      { port: 0, signals: false, connections },
    );
    await expect(serving).rejects.toThrow("OS_CONNECTIONS_INVALID");
  });
});
