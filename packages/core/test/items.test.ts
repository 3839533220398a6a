import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createApp, event, type EventFields } from "../src/index.ts";
import { encodeItems } from "../src/request/items.ts";

async function* of(...items: readonly unknown[]): AsyncGenerator<unknown, void> {
  yield* items;
}

async function written(
  items: readonly unknown[],
  type: string,
  write?: (value: unknown) => string | undefined,
): Promise<string> {
  const body = encodeItems(of(...items), type, write);
  let text = "";
  for await (const chunk of body as AsyncIterable<string>) text += chunk;
  return text;
}

const EVENTS = "text/event-stream";
const LINES = "application/x-ndjson";

describe("events", () => {
  test.each<[items: readonly unknown[], text: string]>([
    [[], ""],
    [["a"], "data: a\n\n"],
    [["a\nb"], "data: a\ndata: b\n\n"],
    [["a\r\nb\rc"], "data: a\ndata: b\ndata: c\n\n"],
    [[""], "data: \n\n"],
    [[{ a: 1 }], 'data: {"a":1}\n\n'],
    [[null, 1, true], "data: null\n\ndata: 1\n\ndata: true\n\n"],
    [[undefined], "data: null\n\n"],
    [[event({ a: 1 }, { event: "tick", id: "7", retry: 1_000 })], 'event: tick\nid: 7\nretry: 1000\ndata: {"a":1}\n\n'],
    [[event("a")], "data: a\n\n"],
    [[event(undefined)], "data: null\n\n"],
    [[event("a", { retry: 1.9 })], "retry: 1\ndata: a\n\n"],
    [[event("a", { event: "x\ndata: injected", id: "1\r\nretry: 0" })], "event: x\nid: 1\ndata: a\n\n"],
    [[event("a", { id: "1\0" })], "id: 1\ndata: a\n\n"],
  ])("%j", async (items, text) => {
    expect(await written(items, EVENTS)).toBe(text);
  });

  const hostile = fc
    .array(
      fc.constantFrom(
        "\n",
        "\r",
        "\r\n",
        "\0",
        ":",
        " ",
        "data:",
        "event: ",
        "id: ",
        "retry: 1",
        "a",
        "ไ",
        "\u2028",
        "\ufeff",
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(""));
  const anyText = fc.oneof(
    hostile,
    fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
  );
  const fields = fc.record(
    { event: anyText, id: anyText, retry: fc.integer({ min: 0, max: 10_000 }) },
    { requiredKeys: [] },
  );

  test("no field can be injected through data, name or id", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyText, fields), { minLength: 1, maxLength: 4 }), async (list) => {
        const text = await written(
          list.map(([data, more]) => event(data, more as EventFields)),
          EVENTS,
        );
        let lastId = "";
        const expected = list.map(([data, more]) => {
          if (more.id !== undefined) lastId = firstLine(more.id);
          return { event: firstLine(more.event ?? "") || "message", id: lastId, data: data.replace(/\r\n|\r/g, "\n") };
        });
        expect(parsed(text).events).toEqual(expected);
        expect(parsed(text).retries).toEqual(
          list.flatMap(([, more]) => (more.retry === undefined ? [] : [more.retry])),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  test("any other value is one line of JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue().filter((value) => typeof value !== "string")), async (values) => {
        expect(
          parsed(await written(values, `${EVENTS}; charset=utf-8`)).events.map(
            ({ data }) => JSON.parse(data) as unknown,
          ),
        ).toEqual(values.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
      }),
    );
  });
});

describe("lines", () => {
  test("hold one JSON text each, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }))), async (values) => {
        const lines = (await written(values, LINES)).split("\n");
        expect(lines.pop()).toBe("");
        expect(lines).toEqual(values.map((value) => JSON.stringify(value)));
      }),
    );
  });

  test("an event's data is its line; nothing is null", async () => {
    expect(await written([event({ a: 1 }, { id: "1" }), event("a\nb"), undefined], LINES)).toBe(
      '{"a":1}\n"a\\nb"\nnull\n',
    );
  });
});

test("each item goes through the declared output, an event's data too", async () => {
  const write = (value: unknown): string | undefined =>
    value === undefined ? undefined : JSON.stringify({ seen: value });
  expect(await written([1, event(2, { id: "x" }), undefined], EVENTS, write)).toBe(
    'data: {"seen":1}\n\nid: x\ndata: {"seen":2}\n\ndata: null\n\n',
  );
  expect(await written([1, event(2)], LINES, write)).toBe('{"seen":1}\n{"seen":2}\n');
});

test("under another media type the items are the chunks", async () => {
  const items = of("a", "b");
  expect(encodeItems(items, "text/csv", undefined)).toBe(items);
});

describe("an app", () => {
  test.each([
    [null, LINES, '{"a":1}\n{"a":2}\n'],
    ["*/*", LINES, '{"a":1}\n{"a":2}\n'],
    [EVENTS, EVENTS, 'data: {"a":1}\n\ndata: {"a":2}\n\n'],
    ["image/png", LINES, '{"a":1}\n{"a":2}\n'],
  ])("asked for %j sends %s", async (accept, type, body) => {
    const app = createApp().get("/", () => of({ a: 1 }, { a: 2 }));
    const response = await app.fetch(new Request("http://localhost/", { headers: accept === null ? {} : { accept } }));
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([200, type, body]);
  });

  test("stops the source when its reader goes away", async () => {
    const ended = Promise.withResolvers<number>();
    async function* endless(): AsyncGenerator<number, void> {
      let i = 0;
      try {
        for (;;) yield i++;
      } finally {
        ended.resolve(i);
      }
    }
    const response = await createApp()
      .get("/", () => endless())
      .fetch(new Request("http://localhost/"));
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await ended.promise).toBeLessThan(5);
  });

  test("refuses a chunk that is neither text nor bytes", async () => {
    const app = createApp().get("/", { offers: ["text/csv"] }, () => of({ a: 1 }));
    const response = await app.fetch(new Request("http://localhost/"));
    await expect(response.text()).rejects.toBeInstanceOf(Error);
  });
});

const firstLine = (text: string): string => text.split(/[\r\n\0]/, 1)[0] ?? "";

/** The event stream's interpretation (WHATWG HTML §9.2.6), without the reconnection. */
function parsed(stream: string): {
  readonly events: readonly { readonly event: string; readonly id: string; readonly data: string }[];
  readonly retries: readonly number[];
} {
  const events: { event: string; id: string; data: string }[] = [];
  const retries: number[] = [];
  let [event, id, data] = ["", "", ""];
  const lines = stream.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  lines.pop(); // what follows the last line end is no line
  for (const line of lines) {
    if (line === "") {
      if (data !== "") events.push({ event: event || "message", id, data: data.slice(0, -1) });
      [event, data] = ["", ""];
      continue;
    }
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    else if (field === "data") data += `${value}\n`;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "retry" && /^\d+$/.test(value)) retries.push(Number(value));
  }
  return { events, retries };
}
