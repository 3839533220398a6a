import { setImmediate as turn } from "node:timers/promises";
import type { Incoming } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import type { NodePlatform, ServerStatus } from "../src/index.ts";
import { appOf, text } from "./app.ts";
import { deferred, start } from "./harness.ts";
import { rawClient, request, statuses } from "./raw.ts";

const echo = (limits: NonNullable<Parameters<typeof appOf>[1]>["limits"] = {}): ReturnType<typeof appOf> =>
  appOf(async (incoming) => text((await incoming.text(1_000_000)) ?? "too long"), { limits });

describe("a client that lets the server wait", () => {
  test("sends headers, one byte at a time: 408", async () => {
    const server = await start(echo({ headersTimeout: 100 }));
    const client = rawClient(server.port);
    const drip = setInterval(() => client.send("a"), 10);
    client.send("GET / HTTP/1.1\r\nhost: localhost\r\nx-a: ");
    expect(statuses(await client.end())).toEqual([408]);
    clearInterval(drip);
    client.socket.destroy();
  });

  test.each([
    ["promises a body and sends none of it", ["content-length: 10"], "", undefined],
    ["sends a part of its body", ["content-length: 10"], "abc", undefined],
    ["sends its body one byte at a time", ["content-length: 100000"], "", "a"],
    ["sends its body in chunks of one byte", ["transfer-encoding: chunked"], "", "1\r\na\r\n"],
    ["is told to go on with its body and does not", ["content-length: 10", "expect: 100-continue"], "", undefined],
  ])("%s: 408", async (_name, headers, body, drop) => {
    const server = await start(echo({ stall: 400 }));
    const client = rawClient(server.port);
    const drip = drop === undefined ? undefined : setInterval(() => client.send(drop), 50); // at most 120 bytes a second, framing included
    client.send(request("POST /", headers, body));
    const received = await client.end();
    clearInterval(drip);
    expect(statuses(received).filter((status) => status !== 100)).toEqual([408]);
    expect(received).toMatch(/connection: close/i);
    client.socket.destroy();
  });

  test("does not read its answer: it is cut", async () => {
    const body = "x".repeat(32 * 1024 * 1024);
    const server = await start(
      appOf((incoming) => text(incoming.target === "/" ? body : `${statusOf(incoming).connections} connections`), {
        limits: { stall: 100 },
      }),
    );
    const client = rawClient(server.port);
    client.socket.pause();
    client.socket.on("error", () => undefined);
    client.send(request("GET /"));
    const other = rawClient(server.port);
    other.send(request("GET /count"));
    for (let asked = 1; !(await other.until(new RegExp(`(200 OK[^]*){${asked}}`))).endsWith("1 connections"); asked++) {
      await turn();
      other.send(request("GET /count"));
    }
    for (const { socket } of [client, other]) socket.destroy();
  });

  test("does not read a stream: it is cut, and the stream told", async () => {
    const stopped = deferred();
    async function* endless(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      try {
        for (;;) yield new Uint8Array(64 * 1024);
      } finally {
        stopped.resolve();
      }
    }
    const server = await start(
      appOf(() => ({ status: 200, headers: [], body: endless() }), { limits: { stall: 100 } }),
    );
    const client = rawClient(server.port);
    client.socket.pause();
    client.socket.on("error", () => undefined);
    client.send(request("GET /"));
    await stopped.promise;
    client.socket.destroy();
  });
});

describe("a client that waits for the server", () => {
  test("for the next event of a stream is not cut", async () => {
    const next = deferred();
    async function* events(): AsyncGenerator<string> {
      yield "first\n";
      await next.promise;
      yield "last\n";
    }
    const server = await start(
      appOf(
        async (incoming) =>
          incoming.target === "/"
            ? { status: 200, headers: [], body: events() }
            : text((await incoming.text(100)) ?? ""),
        { limits: { stall: 40 } },
      ),
    );
    const client = rawClient(server.port);
    client.send(request("GET /"));
    await client.until(/first/);
    // Another connection is cut meanwhile: more than the limit has passed.
    await stalled(server.port);
    next.resolve();
    await client.until(/last/);
    client.socket.destroy();
  });

  test("for a handler that has not asked for the body is not cut", async () => {
    const go = deferred();
    const server = await start(
      appOf(
        async (incoming) => {
          if (incoming.target === "/") await go.promise;
          return text((await incoming.text(100)) ?? "");
        },
        { limits: { stall: 40 } },
      ),
    );
    const client = rawClient(server.port);
    client.send(request("POST /", ["content-length: 5"]));
    await stalled(server.port);
    client.send("hello");
    go.resolve();
    await client.until(/200 OK[^]*hello$/);
    client.socket.destroy();
  });

  test("and sends its body slowly but steadily gets through", async () => {
    const server = await start(echo({ stall: 400 }));
    const client = rawClient(server.port);
    client.send(request("POST /", ["content-length: 6000"]));
    let left = 60;
    const drip = setInterval(() => {
      client.send("x".repeat(100));
      if (--left === 0) clearInterval(drip);
    }, 10);
    await client.until(/200 OK[^]*x{6000}$/);
    client.socket.destroy();
  });

  test("with half of the connection closed gets its answer", async () => {
    const server = await start(echo());
    const client = rawClient(server.port);
    client.socket.end(request("POST /", ["content-length: 5"], "hello"));
    expect(await client.end()).toMatch(/200 OK[^]*hello$/);
    client.socket.destroy();
  });
});

describe("a client that sends too much", () => {
  test("thousands of requests without reading an answer: few are worked at, and all are answered when it reads", async () => {
    const go = deferred();
    let begun = 0;
    const server = await start(async (incoming) => {
      begun++;
      await go.promise;
      return text(incoming.target);
    });
    const client = rawClient(server.port);
    const count = 5000;
    client.send(Array.from({ length: count }, (_, i) => request(`GET /${i}`)).join(""));
    await begunCount(() => begun);
    expect(begun).toBe(32);
    go.resolve();
    const received = await client.until(/\/4999$/);
    expect(statuses(received)).toHaveLength(count);
    expect(received.match(/(?<=\r\n\r\n)\/\d+/g)).toEqual(Array.from({ length: count }, (_, i) => `/${i}`));
    client.socket.destroy();
  });

  test("requests for large answers without reading one: what it does not read stays small", async () => {
    let begun = 0;
    const body = "x".repeat(1024 * 1024);
    const server = await start(() => {
      begun++;
      return text(body);
    });
    const client = rawClient(server.port);
    client.socket.pause();
    client.send(request("GET /").repeat(1000));
    await begunCount(() => begun);
    expect(begun).toBeLessThan(100);
    client.socket.destroy();
  });

  test("a chunk extension without an end: 413 or 400, and close", async () => {
    const server = await start(echo());
    const client = rawClient(server.port);
    client.socket.on("error", () => undefined);
    client.send(request("POST /", ["transfer-encoding: chunked"], `5;${"a".repeat(64 * 1024)}`));
    expect([400, 413]).toContain(statuses(await client.end())[0]);
    client.socket.destroy();
  });

  test("more connections than there may be: closed at once, counted, and others served", async () => {
    let dropped = 0;
    const server = await start((incoming) => text(String((dropped = statusOf(incoming).dropped))), { connections: 2 });
    const first = rawClient(server.port);
    first.send(request("GET /"));
    await first.until(/200 OK/);
    const second = rawClient(server.port);
    second.send(request("GET /"));
    await second.until(/200 OK/);
    const third = rawClient(server.port);
    third.send(request("GET /"));
    await third.end().catch(() => "reset");
    first.send(request("GET /"));
    await first.until(/200 OK[^]*200 OK[^]*1$/);
    expect(dropped).toBe(1);
    for (const { socket } of [first, second, third]) socket.destroy();
  });
});

/** Settles when as many requests were begun as are worked at, and more would have been since. */
async function begunCount(begun: () => number): Promise<void> {
  while (begun() < 32) await turn();
  for (let i = 0; i < 200; i++) await turn();
}

function statusOf({ platform }: Incoming): ServerStatus {
  return (platform as NodePlatform).server;
}

/** Settles when a connection that stalled was cut. */
async function stalled(port: number): Promise<void> {
  const client = rawClient(port);
  client.send(request("POST /other", ["content-length: 5"]));
  expect(statuses(await client.end())).toEqual([408]);
  client.socket.destroy();
}
