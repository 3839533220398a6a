import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Incoming } from "@openspeed/core";
import { text } from "./app.ts";
import { deferred, start } from "./harness.ts";
import { rawClient, request } from "./raw.ts";

/** What a handler sees of one request sent as given. */
async function seen<T>(bytes: string, look: (incoming: Incoming) => T | Promise<T>): Promise<T> {
  const found = deferred<T | Promise<T>>();
  const server = await start(async (incoming) => {
    const value = look(incoming);
    found.resolve(value);
    await value;
    return text("");
  });
  const client = rawClient(server.port);
  client.send(bytes);
  await client.until(/^HTTP\/1\.1 200/);
  client.socket.destroy();
  return found.promise;
}

describe("target", () => {
  test.each(["/a?b=c", "//evil.example/x", "/%2e%2e/a", "/a/../b", "/a//b?c=//d", "*"])(
    "%s is handed over as received",
    async (target) => {
      const method = target === "*" ? "OPTIONS" : "GET";
      expect(await seen(request(`${method} ${target}`), (incoming) => [incoming.method, incoming.target])).toEqual([
        method,
        target,
      ]);
    },
  );

  test.each([
    ["//evil.example/x", "http://localhost//evil.example/x"],
    ["/a?b#c", "http://localhost/a?b#c"],
    ["http://other.example/y", "http://other.example/y"],
    ["*", "http://localhost/"],
  ])("%s is never resolved against the origin", async (target, url) => {
    const method = target === "*" ? "OPTIONS" : "GET";
    expect(await seen(request(`${method} ${target}`), (incoming) => incoming.request().url)).toBe(url);
  });
});

describe("peer", () => {
  test("on TCP: an address and no encryption", async () => {
    expect(await seen(request("GET /", ["x-forwarded-for: 203.0.113.9"]), ({ peer }) => peer)).toEqual({
      address: "127.0.0.1",
      encrypted: false,
    });
  });

  test("on a Unix socket: no address", async () => {
    const folder = await mkdtemp(join(tmpdir(), "peer-"));
    const path = join(folder, "s");
    const found = deferred<unknown>();
    await start(
      ({ peer }) => {
        found.resolve(peer);
        return text("");
      },
      { socket: path },
    );
    const client = rawClient(path);
    client.send(request("GET /"));
    await client.until(/^HTTP\/1\.1 200/);
    client.socket.destroy();
    expect(await found.promise).toEqual({ address: undefined, encrypted: false });
    await rm(folder, { recursive: true });
  });
});

describe("headers", () => {
  test("a repeated field is joined, a cookie by semicolons (RFC 9110 §5.3)", async () => {
    const bytes = request("GET /", [
      "X-A: 1",
      "x-a: 2",
      "Cookie: a=1",
      "Cookie: b=2",
      "Content-Type: a/b",
      "Content-Type: c/d",
    ]);
    const [x, cookie, type] = await seen(bytes, (incoming) =>
      ["x-a", "cookie", "content-type"].map((name) => incoming.header(name)),
    );
    expect([x, cookie, type]).toEqual(["1, 2", "a=1; b=2", "a/b, c/d"]);
  });

  test("names of the object prototype are no headers", async () => {
    const names = ["constructor", "__proto__", "tostring", "toString", "hasOwnProperty"];
    expect(await seen(request("GET /"), (incoming) => names.map((name) => incoming.header(name)))).toEqual(
      names.map(() => null),
    );
  });

  test("all of them come in lower case, once a name, however many there are", async () => {
    const many = Array.from({ length: 2500 }, () => "a:");
    const list = await seen(request("GET /", [...many, "X-Last: 1"]), (incoming) => [...incoming.headers()]);
    expect(list.map(([name]) => name)).toEqual(["host", "a", "x-last"]);
  });
});

describe("body", () => {
  const post = (body: string, headers: readonly string[] = []): string =>
    request("POST /", [`content-length: ${Buffer.byteLength(body)}`, ...headers], body);

  test.each([
    ["plain", "héllo", "hÃ©llo"],
    ["with a byte order mark", "\uFEFFx", "x"],
    ["empty", "", ""],
  ])("text: %s", async (_name, body) => {
    expect(await seen(post(body), (incoming) => incoming.text(100))).toBe(body.replace("\uFEFF", ""));
  });

  test("text in chunks that split a character", async () => {
    const server = await start(async (incoming) => text((await incoming.text(10)) ?? "too long"));
    const client = rawClient(server.port);
    client.send(request("POST /", ["transfer-encoding: chunked"]));
    client.send(Buffer.from([0x31, 0x0d, 0x0a, 0xc3, 0x0d, 0x0a]));
    client.send(Buffer.from([0x31, 0x0d, 0x0a, 0xa9, 0x0d, 0x0a, 0x30, 0x0d, 0x0a, 0x0d, 0x0a]));
    expect(await client.until(/\r\n\r\n../)).toContain("\r\n\r\nÃ©");
    client.socket.destroy();
  });

  test("bytes are a copy of their own", async () => {
    const bytes = await seen(post("abc"), (incoming) => incoming.bytes(3));
    expect(bytes).toEqual(new Uint8Array([97, 98, 99]));
    expect(bytes?.buffer.byteLength).toBe(3);
  });

  test("one byte over the limit is undefined, by length or by counting", async () => {
    expect(await seen(post("abcd"), (incoming) => incoming.text(3))).toBeUndefined();
    expect(
      await seen(request("POST /", ["transfer-encoding: chunked"], "4\r\nabcd\r\n0\r\n\r\n"), (incoming) =>
        incoming.bytes(3),
      ),
    ).toBeUndefined();
    expect(await seen(post("abc"), (incoming) => incoming.text(3))).toBe("abc");
  });

  test("no body: text is empty and there is no stream", async () => {
    expect(await seen(request("GET /"), async (incoming) => [await incoming.text(1)])).toEqual([""]);
    expect(await seen(request("POST /", ["content-length: 0"]), (incoming) => incoming.stream())).toBeNull();
  });

  test("a second reading rejects", async () => {
    const second = await seen(post("abc"), async (incoming) => {
      await incoming.text(3);
      return incoming.text(3).catch((error: unknown) => error);
    });
    expect(second).toBeInstanceOf(TypeError);
  });

  test("a web Request has method, headers and body", async () => {
    const found = await seen(post("abc", ["x-a: 1"]), async (incoming) => {
      const web = incoming.request();
      return [web === incoming.request(), web.method, web.headers.get("x-a"), await web.text()];
    });
    expect(found).toEqual([true, "POST", "1", "abc"]);
  });

  test("a client that leaves midway rejects the reading and aborts the signal", async () => {
    const outcome = deferred<unknown>();
    const server = await start(async (incoming) => {
      const { signal } = incoming;
      const error = await incoming.text(100).catch((reason: unknown) => reason);
      outcome.resolve([error instanceof Error, signal.aborted]);
      return text("");
    });
    const client = rawClient(server.port);
    client.send(request("POST /", ["content-length: 10"], "abc"));
    client.socket.once("connect", () => client.socket.resetAndDestroy());
    client.socket.on("error", () => undefined);
    expect(await outcome.promise).toEqual([true, true]);
  });

  test("a stream reads from the socket only what is asked for", async () => {
    const total = 64 * 1024 * 1024;
    const asked = deferred();
    const go = deferred();
    const server = await start(async (incoming) => {
      const reader = incoming.stream()?.getReader();
      let length = (await reader?.read())?.value?.length ?? 0;
      asked.resolve();
      await go.promise;
      for (;;) {
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) break;
        length += chunk.value.length;
      }
      return text(String(length));
    });
    const client = rawClient(server.port);
    client.send(request("POST /", [`content-length: ${total}`]));
    client.send(Buffer.alloc(total));
    await asked.promise;
    // The sender's queue holds most of the body: nobody has read it off the wire.
    expect(client.socket.writableLength).toBeGreaterThan(total / 2);
    go.resolve();
    expect(await client.until(/\r\n\r\n\d+$/)).toMatch(new RegExp(`\r\n\r\n${total}$`));
    client.socket.destroy();
  });
});

describe("Expect: 100-continue", () => {
  test("is answered when the body is read", async () => {
    const server = await start(async (incoming) => text((await incoming.text(10)) ?? "too long"));
    const client = rawClient(server.port);
    client.send(request("POST /", ["expect: 100-continue", "content-length: 3"]));
    await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    client.send("abc");
    expect(await client.until(/abc$/)).toContain("HTTP/1.1 200 OK");
    client.socket.destroy();
  });

  test("a refusal comes without it and closes", async () => {
    const server = await start(async (incoming) => text((await incoming.text(10)) ?? "too long", 413));
    const client = rawClient(server.port);
    client.send(request("POST /", ["expect: 100-continue", "content-length: 11"]));
    const received = await client.end();
    expect(received).toMatch(/^HTTP\/1\.1 413 /);
    expect(received).toMatch(/connection: close/i);
    client.socket.destroy();
  });
});
