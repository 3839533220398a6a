import { createApp, event, reply } from "@openspeed/core";
import { expect, test } from "vitest";
import { suite } from "./suite.ts";

const encoder = new TextEncoder();

suite("streamed results", (open) => {
  async function* items() {
    yield { n: 1 };
    yield "two\nlines";
    yield event({ n: 3 }, { event: "third", id: "3", retry: 1500.9 });
  }

  test("items are lines of JSON", async () => {
    const t = await open(createApp().get("/", () => items()));
    const { text } = await t("GET /")
      .expect(200)
      .expectHeader("content-type", /^application\/x-ndjson/);
    expect(text).toBe('{"n":1}\n"two\\nlines"\n{"n":3}\n');
  });

  test("or events, for who asks", async () => {
    const t = await open(createApp().get("/", () => items()));
    const { text } = await t("GET /", { headers: { accept: "text/event-stream" } })
      .expect(200)
      .expectHeader("content-type", /^text\/event-stream/);
    expect(text).toBe('data: {"n":1}\n\ndata: two\ndata: lines\n\nevent: third\nid: 3\nretry: 1500\ndata: {"n":3}\n\n');
  });

  test("a name or an id cannot make another field", async () => {
    async function* evil() {
      yield event("a\r\nb\rc", { event: "x\ndata: injected", id: "1\r\nevent: injected" });
    }
    const t = await open(createApp().get("/", () => reply(200, evil(), { "content-type": "text/event-stream" })));
    await t("GET /").expect(200, "event: x\nid: 1\ndata: a\ndata: b\ndata: c\n\n");
  });

  test("or chunks of the type that the reply names", async () => {
    async function* chunks() {
      yield "a,";
      yield encoder.encode("b");
      yield "\n";
    }
    const t = await open(createApp().get("/", () => reply(200, chunks(), { "content-type": "text/csv" })));
    await t("GET /").expect(200, "a,b\n").expectHeader("content-type", "text/csv");
  });

  test("an iterator that is not a generator", async () => {
    const counting = {
      [Symbol.asyncIterator]: () => ({
        n: 0,
        next: async function () {
          return this.n < 2 ? { done: false, value: ++this.n } : { done: true, value: undefined };
        },
      }),
    };
    const t = await open(createApp().get("/", () => counting));
    await t("GET /").expect(200, "1\n2\n");
  });

  test("a source is asked no further when the client leaves", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    async function* endless() {
      try {
        for (let i = 0; ; i++) yield { i, padding: "x".repeat(1000) };
      } finally {
        resolve();
      }
    }
    const t = await open(createApp().get("/", () => endless()));
    const response = await t.fetch("/");
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await promise;
  });

  test("HEAD asks nothing of a source", async () => {
    let asked = 0;
    const source = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: ++asked > 0, value: undefined }) }) };
    const t = await open(createApp().get("/", () => source));
    await t("HEAD /").expect(200).expectHeader("content-type", "application/x-ndjson");
    expect(asked).toBe(0);
  });
});
