import { bytes, createApp, form, middleware, reply, stream, text } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import type { Servable } from "../src/index.ts";
import { appOf } from "./app.ts";
import { deferred, start } from "./harness.ts";
import { rawClient, request, statuses } from "./raw.ts";

type Told = readonly [error: unknown, place: { readonly id: string; readonly path: string }, ...rest: unknown[]];

/** Tells the outcome of the first request to whom nobody listens any more. */
function outcome() {
  const status = deferred<number>();
  const item = middleware("outcome", {}, async (_, next) => {
    const settled = await next();
    status.resolve(settled.status);
    return settled;
  });
  return { item, status: status.promise };
}

describe("a client that leaves in the middle of its body is no error of the app", () => {
  const passing = { "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } } as const;
  const read = async (body: AsyncIterable<Uint8Array>): Promise<number> => {
    let size = 0;
    for await (const chunk of body) size += chunk.length;
    return size;
  };
  test.each([
    ["JSON", "application/json", '{"a":', 400],
    ["a form", "application/x-www-form-urlencoded", "a=1&b", 400],
    ["text", "text/plain", "hello", 400],
    ["bytes", "application/octet-stream", "hello", 400],
    ["a stream", "application/octet-stream", "hello", 499],
    ["a web request", "application/octet-stream", "hello", 499],
  ])("%s", async (kind, type, sent, expected) => {
    const told: unknown[] = [];
    const { item, status } = outcome();
    const app = createApp({ use: [item], onError: (error) => told.push(error) });
    const asked = deferred();
    app
      .post("/JSON", { body: passing }, () => "x")
      .post("/a form", { body: form(passing) }, () => "x")
      .post("/text", { body: text() }, () => "x")
      .post("/bytes", { body: bytes() }, () => "x")
      .post("/a stream", { body: stream() }, ({ body }) => read(body))
      .post("/a web request", async (ctx) => (await ctx.request.arrayBuffer()).byteLength);
    const server = await start({
      ...servable(app),
      handle: (incoming) => {
        asked.resolve();
        return app.handle(incoming);
      },
    });
    const client = rawClient(server.port);
    client.send(request(`POST /${encodeURI(kind)}`, [`content-type: ${type}`, "content-length: 5000"], sent));
    await asked.promise;
    client.socket.resetAndDestroy();
    expect(await status).toBe(expected);
    await server.close();
    expect(told).toEqual([]);
  });
});

/** An app's own methods, which are not properties that spread. */
function servable(app: Servable): Servable {
  return {
    limits: app.limits,
    handle: (incoming) => app.handle(incoming),
    ready: () => app.ready(),
    close: (grace) => app.close(grace),
    report: (error, place) => app.report?.(error, place) ?? "",
  };
}

describe("what cannot be sent is told to the app, under the id that the client gets", () => {
  async function* chunks(...list: string[]) {
    yield* list;
  }
  test.each<[name: string, handler: () => unknown, message: RegExp]>([
    ["a header with a line break", () => reply(200, "x", { "x-a": "1\r\nx-evil: 1" }), /cannot be sent/],
    ["a status that is none", () => reply(1000, "x"), /cannot be sent/],
  ])("%s", async (_, handler, message) => {
    const told: Told[] = [];
    const app = createApp({ mode: "production", onError: (...each) => void told.push(each) }).get("/it", handler);
    const server = await start(app);
    const response = await fetch(`${server.url}/it`);
    const problem: unknown = await response.json();
    expect([response.status, told.length, told[0]?.[1].path]).toEqual([500, 1, "/it"]);
    expect(String(told[0]?.[0])).toMatch(message);
    expect(problem).toMatchObject({ name: "internal", instance: told[0]?.[1].id });
  });

  test.each([
    ["shorter", ["ab"], /1 bytes shorter/],
    ["longer", ["ab", "cd"], /longer/],
  ])("a body %s than it said", async (_, list, message) => {
    const told: Told[] = [];
    const body = (): unknown => reply(200, chunks(...list), { "content-length": "3", "content-type": "text/plain" });
    const server = await start(createApp({ onError: (...each) => void told.push(each) }).get("/", body));
    await expect(fetch(server.url).then((response) => response.text())).rejects.toThrow(/terminated|fetch failed/);
    await server.close();
    expect(told.map(([error]) => String(error))).toEqual([expect.stringMatching(message)]);
  });

  test("an app that throws or rejects", async () => {
    const told: unknown[] = [];
    const broken: Servable = {
      ...appOf(({ target }) => {
        if (target === "/throw") throw new Error("thrown");
        return Promise.reject(new Error("rejected"));
      }),
      report: (error, { path }) => {
        told.push([String(error), path]);
        return `urn:uuid:${told.length}`;
      },
    };
    const server = await start(broken);
    for (const path of ["/throw", "/reject"]) {
      const answered: unknown = await (await fetch(server.url + path)).json();
      expect(answered).toMatchObject({ instance: `urn:uuid:${told.length}` });
    }
    expect(told).toEqual([
      ["Error: thrown", "/throw"],
      ["Error: rejected", "/reject"],
    ]);
  });
});

test("a body that comes byte by byte arrives whole", async () => {
  const app = createApp().post("/", { body: text() }, ({ body }) => body);
  const server = await start(app);
  const client = rawClient(server.port);
  const letters = Array.from({ length: 5000 }, (_, i) => String.fromCharCode(97 + (i % 26)));
  const coded = letters.map((letter) => `1\r\n${letter}\r\n`).join("");
  client.send(request("POST /", ["transfer-encoding: chunked", "connection: close"], `${coded}0\r\n\r\n`));
  const received = await client.end();
  expect(statuses(received)).toEqual([200]);
  expect(received.endsWith(letters.join(""))).toBe(true);
});
