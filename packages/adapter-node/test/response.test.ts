import { describe, expect, test, vi } from "vitest";
import type { Outcome, OutcomeBody } from "@openspeed/core";
import { text } from "./app.ts";
import { deferred, start } from "./harness.ts";
import { rawClient, request, statuses } from "./raw.ts";

/** The bytes one request is answered with, closing afterwards. */
async function answer(outcome: Outcome, method = "GET"): Promise<string> {
  const server = await start(() => outcome);
  const client = rawClient(server.port);
  client.send(request(`${method} /`, ["connection: close"]));
  const received = await client.end();
  client.socket.destroy();
  return received;
}

const outcome = (status: number, body: OutcomeBody, headers: readonly string[] = []): Outcome => ({
  status,
  headers,
  body,
});
const head = (received: string): string => received.slice(0, received.indexOf("\r\n\r\n")).toLowerCase();
const body = (received: string): string => received.slice(received.indexOf("\r\n\r\n") + 4);

async function* chunks(
  ...values: (string | Uint8Array<ArrayBuffer>)[]
): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  yield* values;
}

describe("whole bodies", () => {
  test.each([
    ["text", "héllo", 6, "hÃ©llo"],
    ["ASCII", "hello", 5, "hello"],
    ["bytes", new Uint8Array([65, 66]), 2, "AB"],
    ["null", null, 0, ""],
  ])("%s", async (_name, given, length, sent) => {
    const received = await answer(outcome(200, given));
    expect(head(received)).toContain(`content-length: ${length}`);
    expect(body(received)).toBe(sent);
  });

  test.each([204, 304])("%i has neither body nor length", async (status) => {
    const received = await answer(outcome(status, "hello"));
    expect(head(received)).not.toContain("content-length");
    expect(body(received)).toBe("");
  });

  test("HEAD has the length and no body", async () => {
    const received = await answer(outcome(200, "hello"), "HEAD");
    expect(head(received)).toContain("content-length: 5");
    expect(body(received)).toBe("");
  });

  test("one length is sent, and it is the body's", async () => {
    const received = await answer(outcome(200, "hello", ["content-length", "99", "transfer-encoding", "chunked"]));
    expect(head(received).match(/content-length: \d+/g)).toEqual(["content-length: 5"]);
    expect(head(received)).not.toContain("transfer-encoding");
  });

  test("the connection is the adapter's, though a handler may close it", async () => {
    const server = await start((incoming) =>
      outcome(200, "x", ["connection", incoming.target.slice(1), "keep-alive", "timeout=999", "trailer", "x-a"]),
    );
    const client = rawClient(server.port);
    client.send(request("GET /keep-alive") + request("GET /close") + request("GET /keep-alive"));
    const received = await client.end();
    expect(received.match(/^connection: .*$/gim)).toEqual(["Connection: keep-alive", "Connection: close"]);
    expect(received).not.toMatch(/timeout=999|trailer/i);
    client.socket.destroy();
  });

  test("set-cookie keeps its lines apart", async () => {
    const received = await answer(outcome(200, "", ["set-cookie", "a=1", "set-cookie", "b=2"]));
    expect(head(received).match(/set-cookie: ./g)).toEqual(["set-cookie: a", "set-cookie: b"]);
  });
});

describe("a constant list of headers is sent like any other", () => {
  /** Order aside, since what is rendered before stands first; and no two answers have one time or id. */
  const lines = (received: string): readonly string[] =>
    received
      .replace(/^date: .*GMT$/im, "date: now")
      .replace(/urn:uuid:[\da-f-]+/, "urn:uuid:")
      .split("\r\n")
      .toSorted();
  const lists: readonly (readonly [what: string, headers: readonly string[]])[] = [
    ["usual", ["content-type", "text/plain", "x-content-type-options", "nosniff"]],
    ["none", []],
    ["cookies", ["set-cookie", "a=1", "set-cookie", "b=2", "vary", "a", "vary", "b"]],
    ["Latin-1", ["x-name", "h\u00e9llo"]],
    ["framing", ["content-length", "99", "transfer-encoding", "chunked", "keep-alive", "timeout=9", "trailer", "x-a"]],
    ["a connection that closes", ["connection", "close", "x-a", "1"]],
    ["a date of its own", ["date", "Thu, 01 Jan 1970 00:00:00 GMT"]],
    ["what Node looks at", ["expect", "100-continue", "upgrade", "x", "te", "trailers"]],
    ["a line that ends early", ["x-a", "1\r\nset-cookie: a=1"]],
    ["a name that is none", ["x a", "1"]],
  ];
  const shapes: readonly (readonly [what: string, method: string, status: number, body: () => OutcomeBody])[] = [
    ["text", "GET", 200, () => "h\u00e9llo"],
    ["bytes", "GET", 200, () => new Uint8Array([65])],
    ["nothing", "GET", 200, () => null],
    ["HEAD", "HEAD", 200, () => "hello"],
    ["204", "GET", 204, () => null],
    ["a stream", "GET", 200, () => chunks("a", "b")],
  ];
  const cases = lists.flatMap(([list, headers]) => shapes.map((shape) => [list, headers, ...shape] as const));
  test.each(cases)("%s, %j: %s", async (_list, headers, _shape, method, status, content) => {
    const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
    const frozen = Object.freeze([...headers]);
    const plain = lines(await answer(outcome(status, content(), headers), method));
    for (let i = 0; i < 2; i++) expect(lines(await answer(outcome(status, content(), frozen), method))).toEqual(plain);
    warned.mockRestore();
  });

  test("one answer's headers are not the next one's on the connection", async () => {
    const constant = outcome(200, "x", Object.freeze(["x-one", "1"]));
    const server = await start(({ target }) => (target === "/one" ? constant : outcome(200, "y", ["x-two", "2"])));
    const client = rawClient(server.port);
    client.send(request("GET /one") + request("GET /two") + request("GET /one", ["connection: close"]));
    const received = await client.end();
    client.socket.destroy();
    expect(received.match(/^x-\w+: \d/gim)).toEqual(["x-one: 1", "x-two: 2", "x-one: 1"]);
  });
});

describe("what cannot be sent is a 500, and the process lives", () => {
  test.each([
    ["a header value with a line break", outcome(200, "x", ["x-a", "1\r\nx-evil: 1"])],
    ["a header name with a space", outcome(200, "x", ["x a", "1"])],
    ["a status below 200", outcome(101, "x")],
    ["a status that is none", outcome(1000, "x")],
    ["a stream with a length that is none", outcome(200, chunks("x"), ["content-length", "-1"])],
  ])("%s", async (_name, bad) => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const received = await answer(bad);
    expect(statuses(received)).toEqual([500]);
    expect(received).not.toContain("evil");
    expect(JSON.parse(body(received))).toEqual({
      type: "about:blank",
      title: "Internal server error",
      status: 500,
      name: "internal",
      instance: expect.stringMatching(/^urn:uuid:/),
    });
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  test("an app that throws or rejects", async () => {
    const server = await start((incoming) => {
      if (incoming.target === "/throw") throw new Error("secret");
      return Promise.reject(new Error("secret"));
    });
    for (const path of ["/throw", "/reject"]) {
      const response = await fetch(server.url + path);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain("secret");
    }
  });
});

describe("streams", () => {
  test("an async iterable of text and bytes", async () => {
    const server = await start(() => outcome(200, chunks("a", "", new Uint8Array([98]), "ç")));
    expect(await (await fetch(server.url)).text()).toBe("abç");
  });

  test("a ReadableStream", async () => {
    const server = await start(() => outcome(200, new Blob(["hello"]).stream()));
    expect(await (await fetch(server.url)).text()).toBe("hello");
  });

  test("the head does not wait for the first chunk", async () => {
    const go = deferred();
    async function* late(): AsyncGenerator<string> {
      await go.promise;
      yield "x";
    }
    const server = await start(() => outcome(200, late()));
    const response = await fetch(server.url);
    expect(response.status).toBe(200);
    go.resolve();
    expect(await response.text()).toBe("x");
  });

  test("HEAD stops the body and sends none", async () => {
    const cancelled = deferred();
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({ cancel: () => cancelled.resolve() });
    expect(body(await answer(outcome(200, stream), "HEAD"))).toBe("");
    await cancelled.promise;
  });

  test("a body that fails midway breaks the connection", async () => {
    const arrived = deferred();
    async function* broken(): AsyncGenerator<string> {
      yield "part";
      await arrived.promise;
      throw new Error("secret");
    }
    const server = await start(() => outcome(200, broken()));
    const client = rawClient(server.port);
    client.send(request("GET /"));
    await client.until(/part/);
    arrived.resolve();
    // The last chunk, which would make the body whole, is missing.
    await expect(client.end()).resolves.not.toMatch(/0\r\n\r\n$|secret/);
  });

  test.each([
    ["shorter", "2"],
    ["longer", "0"],
  ])("a body %s than its declared length breaks the connection", async (_name, length) => {
    const server = await start(() => outcome(200, chunks("a"), ["content-length", length]));
    const client = rawClient(server.port);
    client.send(request("GET /"));
    await new Promise((resolve) => client.socket.once("close", resolve));
  });

  test("a client that leaves cancels a ReadableStream, returns an iterator and aborts the signal", async () => {
    const gone = [deferred(), deferred(), deferred()] as const;
    const iterable: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          gone[1].resolve();
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    const server = await start((incoming) => {
      if (incoming.target === "/stream") return outcome(200, new ReadableStream({ cancel: () => gone[0].resolve() }));
      incoming.signal.addEventListener("abort", () => gone[2].resolve());
      return outcome(200, iterable);
    });
    for (const path of ["/stream", "/iterable"]) {
      const client = rawClient(server.port);
      client.send(request(`GET ${path}`));
      await client.until(/^HTTP\/1\.1 200/);
      client.socket.destroy();
    }
    await Promise.all(gone.map(({ promise }) => promise));
  });

  test("the signal is not aborted by a response that ended", async () => {
    const signals: AbortSignal[] = [];
    const server = await start((incoming) => {
      signals.push(incoming.signal);
      return text("x");
    });
    await (await fetch(server.url, { headers: { connection: "close" } })).text();
    await server.close();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  test("a response may stream the request back", async () => {
    const server = await start((incoming) => outcome(200, incoming.stream()));
    const client = rawClient(server.port);
    client.send(request("POST /", ["content-length: 6"], "abc"));
    await client.until(/abc/);
    client.send("def");
    await client.until(/abc[^]*def[^]*0\r\n\r\n$/);
    client.send(request("POST /", ["content-length: 1", "connection: close"], "z"));
    expect(statuses(await client.end())).toEqual([200, 200]);
    client.socket.destroy();
  });
});

describe("a request body that nobody read", () => {
  test("is dropped if it is short, and the connection goes on", async () => {
    const server = await start((incoming) => text(incoming.target));
    const client = rawClient(server.port);
    client.send(request("POST /a", ["content-length: 1000"], "x".repeat(1000)));
    client.send(request("GET /b", ["connection: close"]));
    expect(statuses(await client.end())).toEqual([200, 200]);
    client.socket.destroy();
  });

  test("closes the connection if it is long, and the response arrives all the same", async () => {
    const size = 4 * 1024 * 1024;
    const server = await start(async (incoming) => text((await incoming.text(1024)) ?? "too long", 413));
    const client = rawClient(server.port);
    client.send(request("POST /", [`content-length: ${size}`]));
    client.send(Buffer.alloc(size));
    const received = await client.end();
    expect(received).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*too long$/i);
    client.socket.destroy();
  });

  test("of unknown length is dropped after it grew too long", async () => {
    const server = await start(async (incoming) => text((await incoming.text(4)) ?? "too long", 413));
    const client = rawClient(server.port);
    client.send(request("POST /", ["transfer-encoding: chunked"], "5\r\nabcde\r\n"));
    expect(await client.end()).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*too long$/i);
    client.socket.destroy();
  });
});
