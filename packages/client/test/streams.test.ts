import { createApp, event, problem, route } from "@openspeed/core";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createClient, RequestFailure, RequestProblem } from "../src/index.ts";
import { lines } from "../src/lines.ts";
import { events, itemsOf } from "../src/streams.ts";
import { type Place, places, serve } from "./apps.ts";

const numbers = route({ output: z.number() }, async function* () {
  yield 1;
  yield 2;
});
const ticks = route(async function* () {
  yield event({ at: 1 }, { id: "é1", event: "tick" });
  yield event("two\nlines", { id: "2" });
});
const endless = route(async function* ({ signal }) {
  yield "first";
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
});
const torn = route(async function* () {
  yield { at: 1 };
  throw new Error("gone");
});
const refusing = route({ problems: { full: problem(409, "Full") } }, ({ fail }) => fail.full());
const routes = {
  "GET /numbers": numbers,
  "GET /ticks": ticks,
  "GET /endless": endless,
  "GET /torn": torn,
  "GET /refusing": refusing,
};
interface Api {
  "GET /numbers": typeof numbers;
  "GET /ticks": typeof ticks;
  "GET /endless": typeof endless;
  "GET /torn": typeof torn;
  "GET /refusing": typeof refusing;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe.each(places)("streams, $name", ({ open }) => {
  const opened: Place[] = [];
  afterEach(async () => {
    for (const place of opened.splice(0)) await place.close();
  });
  const start = async (): Promise<Place["base"]> => {
    const place = await open(createApp({ routes, onError: () => {} }));
    opened.push(place);
    return place.base;
  };

  test("are items, as NDJSON and as events", async () => {
    const desk = createClient<Api>(await start(), { throws: true });
    expect(await all(await desk("GET /numbers"))).toEqual([1, 2]);
    expect(await all(await desk("GET /numbers", { headers: { accept: "text/event-stream" } }))).toEqual([1, 2]);
  });

  test("are events with names and ids", async () => {
    const desk = createClient<Api>(await start());
    expect(await all(desk.events("GET /ticks"))).toEqual([
      { data: { at: 1 }, text: '{"at":1}', event: "tick", id: "é1" },
      { data: "two\nlines", text: "two\nlines", event: "message", id: "2" },
    ]);
  });

  test("end when nobody reads on, or the caller aborts", async () => {
    const desk = createClient<Api>(await start(), { throws: true });
    for await (const item of await desk("GET /endless")) {
      expect(item).toBe("first");
      break;
    }
    const controller = new AbortController();
    const reading = all(await desk("GET /endless", { signal: controller.signal, timeout: "1s" })).catch(
      (error: unknown) => error,
    );
    controller.abort();
    expect(await reading).toMatchObject({ name: "RequestFailure", kind: "aborted" });
  });

  test("say that they broke off", async () => {
    const desk = createClient<Api>(await start(), { throws: true });
    const error = await all(await desk("GET /torn")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RequestFailure);
    expect(error).toMatchObject({ kind: "network" });
  });

  test("throw problems", async () => {
    const desk = createClient<Api>(await start());
    const error = await all(desk.events("GET /refusing", { reconnect: true })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RequestProblem);
  });
});

test("events go on where they broke off", async () => {
  const asked: (string | null)[] = [];
  const place = await serve({
    fetch: (request) => {
      asked.push(request.headers.get("last-event-id"));
      if (asked.length === 4) return new Response(null, { status: 204 });
      if (asked.length === 2) return new Response(null, { status: 503 });
      const first = asked.length === 1 ? "retry: 1\n" : "";
      return new Response(`${first}id: ${asked.length}\ndata: ${asked.length}\n\ndata: lost`, {
        headers: { "content-type": "text/event-stream" },
      });
    },
  });
  const desk = createClient<Api>(place.base, { retry: { base: "1ms" } });
  const found = await all(desk.events("GET /ticks", { reconnect: true, lastEventId: "0" }));
  expect(found.map(({ data }) => data)).toEqual([1, 3]);
  expect(asked).toEqual(["0", "1", "1", "3"]);
  await place.close();
});

test("events stop waiting when the caller aborts", async () => {
  const controller = new AbortController();
  const desk = createClient<Api>({
    fetch: () => new Response("data: 1\n\n", { headers: { "content-type": "text/event-stream" } }),
  });
  const reading = all(desk.events("GET /ticks", { reconnect: true, signal: controller.signal })).catch(
    (error: unknown) => error,
  );
  setImmediate(() => controller.abort());
  expect(await reading).toMatchObject({ kind: "aborted" });
});

// ── The parsers, however the bytes are cut ────────────────────────────────────────────────────────────

function cut(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      let at = 0;
      for (let i = 0; at < bytes.length; i++) {
        const size = sizes.length === 0 ? 1 : (sizes[i % sizes.length] ?? 1);
        controller.enqueue(bytes.slice(at, at + size));
        at += size;
      }
      controller.close();
    },
  });
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 10 });
const ends = fc.constantFrom("\n", "\r\n", "\r");
const line = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !/[\r\n\uFEFF]/.test(text));

test("lines are the same however they are cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(line, ends)), line, sizes, async (ended, last, cuts) => {
      const text = ended.map(([content, end]) => content + end).join("") + last;
      const expected = text.split(/\r\n|[\r\n]/);
      if (expected.at(-1) === "") expected.pop();
      expect(await all(lines(cut(utf8(text), cuts)))).toEqual(expected);
    }),
  );
});

test("events are the same however they are cut", async () => {
  const fields = fc.record({
    data: fc.array(line, { minLength: 1, maxLength: 3 }),
    event: line,
    id: line.filter((text) => !text.includes("\0")),
    comment: line,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fields), ends, sizes, async (sent, end, cuts) => {
      const text = sent
        .map(({ data, event, id, comment }) =>
          [`:${comment}`, `event: ${event}`, `id: ${id}`, ...data.map((part) => `data: ${part}`), "", ""].join(end),
        )
        .join("");
      const found = await all(events(cut(utf8(text), cuts), { id: "", retry: 0 }));
      expect(found.map(({ text, event, id }) => ({ text, event, id }))).toEqual(
        sent.map(({ data, event, id }) => ({ text: data.join("\n"), event: event || "message", id })),
      );
    }),
  );
});

test("NDJSON is the same however it is cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue()), fc.constantFrom("\n", "\r\n"), sizes, async (values, end, cuts) => {
      const text = values.map((value) => JSON.stringify(value) + end).join(end);
      const items = itemsOf(cut(utf8(text), cuts), "application/x-ndjson", {
        signal: new AbortController().signal,
        explain: (error) => error,
      });
      expect(await all(items)).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

test.each([
  ["data\n\n", [{ text: "", event: "message", id: "" }]],
  ["data:a\ndata: b\n\n", [{ text: "a\nb", event: "message", id: "" }]],
  ["id: 1\n\ndata: a\n\n", [{ text: "a", event: "message", id: "1" }]],
  ["data: a", []],
  ["event: x\n\ndata: a\n\n", [{ text: "a", event: "message", id: "" }]],
  ["\uFEFFdata:  a\n\n", [{ text: " a", event: "message", id: "" }]],
  [
    "data: a\r\rdata: b\r\n\r\n",
    [
      { text: "a", event: "message", id: "" },
      { text: "b", event: "message", id: "" },
    ],
  ],
])("the event stream %j", async (text, expected) => {
  const found = await all(events(cut(utf8(text), [3]), { id: "", retry: 0 }));
  expect(found.map(({ text, event, id }) => ({ text, event, id }))).toEqual(expected);
});
