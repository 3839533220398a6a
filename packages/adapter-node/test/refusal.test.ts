import { describe, expect, test } from "vitest";
import { appOf, text } from "./app.ts";
import { deferred, start } from "./harness.ts";
import { rawClient, request, statuses } from "./raw.ts";

const app = (limits: Parameters<typeof appOf>[1] = {}): ReturnType<typeof appOf> =>
  appOf((incoming) => text(incoming.target), limits);

describe("one problem document, then the connection closes", () => {
  test.each([
    ["no HTTP at all", "hello\r\n\r\n", 400, "malformed"],
    ["no version, which was HTTP/0.9", "GET /\r\nhost: localhost\r\n\r\n", 400, "malformed"],
    ["HTTP/0.9 by its name", "GET / HTTP/0.9\r\nhost: localhost\r\n\r\n", 400, "malformed"],
    ["HTTP/2 in the grammar of HTTP/1", "GET / HTTP/2.0\r\nhost: localhost\r\n\r\n", 400, "malformed"],
    ["no Host", "GET / HTTP/1.1\r\n\r\n", 400, "malformed"],
    ["two Hosts", request("GET /", ["host: other"]), 400, "malformed"],
    ["the same Host twice", request("GET /", ["host: localhost"]), 400, "malformed"],
    ["a Host with a path", "GET / HTTP/1.1\r\nhost: a/b\r\n\r\n", 400, "malformed"],
    ["a Host with a user", "GET / HTTP/1.1\r\nhost: a@b\r\n\r\n", 400, "malformed"],
    ["two lengths", request("POST /", ["content-length: 1", "content-length: 2"], "ab"), 400, "malformed"],
    [
      "a length and a transfer coding",
      request("POST /", ["content-length: 1", "transfer-encoding: chunked"], "0\r\n\r\n"),
      400,
      "malformed",
    ],
    ["an unknown transfer coding", request("POST /", ["transfer-encoding: xchunked"], "0\r\n\r\n"), 400, "malformed"],
    [
      "a transfer coding in HTTP/1.0",
      "POST / HTTP/1.0\r\nhost: a\r\nconnection: keep-alive\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "malformed",
    ],
    ["a space before the colon", request("GET /", ["x-a : 1"]), 400, "malformed"],
    ["a bare line feed in a header", request("GET /", ["x-a: 1\nx-b: 2"]), 400, "malformed"],
    ["an expectation without a valid Host", "GET / HTTP/1.1\r\nhost: a b\r\nexpect: x\r\n\r\n", 400, "malformed"],
    ["an expectation that nobody knows", request("GET /", ["expect: x"]), 417, "expectationFailed"],
    ["headers that are too large", request("GET /", [`x-a: ${"x".repeat(20_000)}`]), 431, "headersTooLarge"],
  ])("%s", async (_name, bytes, status, name) => {
    const server = await start(app());
    const client = rawClient(server.port);
    client.send(bytes);
    const received = await client.end();
    expect(statuses(received)).toEqual([status]);
    expect(received).toMatch(/connection: close/i);
    expect(received).toContain("content-type: application/problem+json");
    expect(JSON.parse(received.slice(received.indexOf("\r\n\r\n") + 4))).toMatchObject({ status, name });
    client.socket.destroy();
  });

  test("a request before the broken bytes is answered, and nothing after them", async () => {
    const go = deferred();
    const arrived = deferred();
    const server = await start(async (incoming) => {
      arrived.resolve();
      await go.promise;
      return text(incoming.target);
    });
    const client = rawClient(server.port);
    client.send(`${request("GET /a")}broken\r\n\r\n${request("GET /b")}`);
    await arrived.promise;
    go.resolve();
    const received = await client.end();
    expect(statuses(received)).toEqual([200]);
    expect(received).toMatch(/connection: close[^]*\/a$/i);
    client.socket.destroy();
  });

  test("a broken chunk in a body that is being read", async () => {
    const server = await start(async (incoming) => text((await incoming.text(100)) ?? ""));
    const client = rawClient(server.port);
    client.send(request("POST /", ["transfer-encoding: chunked"], "zz\r\n"));
    expect(statuses(await client.end())).toEqual([400]);
    client.socket.destroy();
  });

  test("HTTP/1.0 needs no Host", async () => {
    const server = await start(app());
    const client = rawClient(server.port);
    client.send("GET /old HTTP/1.0\r\n\r\n");
    expect(await client.end()).toMatch(/200 OK[^]*\/old$/);
    client.socket.destroy();
  });
});

describe("time limits", () => {
  test.each([
    ["nothing is sent", ""],
    ["half a header is sent", "GET / HTTP/1.1\r\nhost: loc"],
  ])("408 and close when %s", async (_name, bytes) => {
    const server = await start(app({ limits: { headersTimeout: 100 } }));
    const client = rawClient(server.port);
    client.send(bytes);
    expect(statuses(await client.end())).toEqual([408]);
    client.socket.destroy();
  });

  test("408 and close when a body does not arrive", async () => {
    const server = await start(
      appOf(async (incoming) => text((await incoming.text(100)) ?? ""), {
        limits: { headersTimeout: 100, requestTimeout: 200 },
      }),
    );
    const client = rawClient(server.port);
    client.send(request("POST /", ["content-length: 10"], "abc"));
    expect(statuses(await client.end())).toEqual([408]);
    client.socket.destroy();
  });
});

test("pipelined requests are answered in order", async () => {
  const first = deferred();
  const server = await start(async (incoming) => {
    if (incoming.target === "/1") await first.promise;
    else if (incoming.target === "/3") first.resolve();
    return text(incoming.target);
  });
  const client = rawClient(server.port);
  client.send(request("GET /1") + request("GET /2") + request("GET /3", ["connection: close"]));
  const received = await client.end();
  expect(received.match(/\/\d(?=HTTP|$)/g)).toEqual(["/1", "/2", "/3"]);
  client.socket.destroy();
});

describe("a request that would change the protocol is answered, and is the last one of its connection", () => {
  const upgrade = ["connection: Upgrade, HTTP2-Settings", "upgrade: h2c", "http2-settings: AAMAAABkAAQAAP__"];

  // Node drops what has come in one packet behind it, so that the rest of a request would be read as another one.
  test.each([
    ["without a body", request("GET /one", upgrade)],
    ["with a body", request("POST /one", [...upgrade, "content-length: 3"], "abc")],
    ["in chunks", request("POST /one", [...upgrade, "transfer-encoding: chunked"], "3\r\nabc\r\n0\r\n\r\n")],
  ])("%s", async (_, bytes) => {
    const go = deferred();
    const seen: string[] = [];
    const slow = appOf(async (incoming) => {
      seen.push(incoming.target);
      await go.promise;
      return text(incoming.target);
    });
    const server = await start(slow);
    const client = rawClient(server.port);
    client.send(`${bytes}GET /two HTTP/1.1\r\nhost: localhost\r\nx-half: `);
    while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    client.send(request("GET /three"));
    const other = rawClient(server.port);
    other.send(request("GET /other"));
    while (!seen.includes("/other")) await new Promise((resolve) => setImmediate(resolve));
    go.resolve();
    const received = await client.end();
    expect(seen).toEqual(["/one", "/other"]);
    expect(statuses(received)).toEqual([200]);
    expect(received).toMatch(/connection: close/i);
    for (const { socket } of [client, other]) socket.destroy();
  });

  test("the word alone changes nothing", async () => {
    const server = await start(app());
    const client = rawClient(server.port);
    client.send(request("GET /one", ["connection: upgrade"]) + request("GET /two", ["connection: close"]));
    expect(statuses(await client.end())).toEqual([200, 200]);
    client.socket.destroy();
  });
});
