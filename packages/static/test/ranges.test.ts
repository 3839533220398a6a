import { randomBytes } from "node:crypto";
import { createApp, publicAccess } from "@openspeed/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folder } from "../src/index.ts";
import { type Ask, ways } from "./exchange.ts";
import { LONG_AGO, makeTree, type Tree } from "./tree.ts";

const SIZE = 300_000;
const content = randomBytes(SIZE);
let tree: Tree;
beforeAll(() => {
  tree = makeTree({ "large.bin": content, "small.txt": "0123456789", "empty.txt": "" });
  tree.write("fresh.txt", "fresh", new Date(Date.now() + 3_600_000));
});
afterAll(() => tree.remove());

describe.each(ways)("ranges, $name", ({ open }) => {
  let ask: Ask;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ ask, close } = await open(createApp({ routes: folder("/", { root: tree.root, use: [publicAccess()] }) })));
  });
  afterAll(() => close());

  test.each([
    ["bytes=0-0", 206, "bytes 0-0/10", "0"],
    ["bytes=2-5", 206, "bytes 2-5/10", "2345"],
    ["Bytes=2-5", 206, "bytes 2-5/10", "2345"],
    ["bytes= 2-5 ", 206, "bytes 2-5/10", "2345"],
    ["bytes=7-", 206, "bytes 7-9/10", "789"],
    ["bytes=7-100", 206, "bytes 7-9/10", "789"],
    ["bytes=7-99999999999999999999999999", 206, "bytes 7-9/10", "789"],
    ["bytes=-3", 206, "bytes 7-9/10", "789"],
    ["bytes=-100", 206, "bytes 0-9/10", "0123456789"],
    ["bytes=10-", 416, "bytes */10", undefined],
    ["bytes=10-20", 416, "bytes */10", undefined],
    ["bytes=99999999999999999999999999-", 416, "bytes */10", undefined],
    ["bytes=-0", 416, "bytes */10", undefined],
    ["bytes=5-2", 200, undefined, "0123456789"],
    ["bytes=-", 200, undefined, "0123456789"],
    ["bytes=", 200, undefined, "0123456789"],
    ["bytes=a-b", 200, undefined, "0123456789"],
    ["bytes=1.5-3", 200, undefined, "0123456789"],
    ["bytes=--3", 200, undefined, "0123456789"],
    ["bytes=0x1-3", 200, undefined, "0123456789"],
    ["lines=1-2", 200, undefined, "0123456789"],
    ["2-5", 200, undefined, "0123456789"],
    ["bytes=0-1,4-5", 200, undefined, "0123456789"],
    [`bytes=${"0-,".repeat(1000)}0-`, 200, undefined, "0123456789"],
  ])("Range: %s", async (range, status, contentRange, text) => {
    const answer = await ask("/small.txt", { headers: { range } });
    expect([answer.status, answer.headers.get("content-range")]).toEqual([status, contentRange]);
    if (text === undefined) return;
    expect([answer.body.toString(), answer.headers.get("content-length")]).toEqual([text, String(text.length)]);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  });

  test("a HEAD has no ranges", async () => {
    const { status, headers } = await ask("/small.txt", { method: "HEAD", headers: { range: "bytes=0-1" } });
    expect([status, headers.get("content-length"), headers.has("content-range")]).toEqual([200, "10", false]);
  });

  test("an empty file has no parts", async () => {
    expect((await ask("/empty.txt", { headers: { range: "bytes=-5" } })).status).toBe(200);
    expect((await ask("/empty.txt", { headers: { range: "bytes=0-" } })).status).toBe(416);
  });

  test("If-Range joins no two states", async () => {
    const range = "bytes=0-3";
    const { headers } = await ask("/small.txt");
    const etag = headers.get("etag") ?? "";
    for (const [ifRange, status] of [
      [etag, 206],
      [LONG_AGO.toUTCString(), 206],
      [`W/${etag}`, 200],
      ['"other"', 200],
      [new Date(LONG_AGO.getTime() + 1000).toUTCString(), 200],
      ["nonsense", 200],
    ] as const)
      expect([ifRange, (await ask("/small.txt", { headers: { range, "if-range": ifRange } })).status]).toEqual([
        ifRange,
        status,
      ]);
    const fresh = (await ask("/fresh.txt")).headers.get("etag") ?? "";
    expect(fresh).toMatch(/^W\//);
    expect((await ask("/fresh.txt", { headers: { range, "if-range": fresh } })).status).toBe(200);
  });

  test("conditions come before ranges", async () => {
    const range = "bytes=0-3";
    const etag = (await ask("/small.txt")).headers.get("etag") ?? "";
    expect((await ask("/small.txt", { headers: { range, "if-none-match": etag } })).status).toBe(304);
    expect((await ask("/small.txt", { headers: { range, "if-match": '"other"' } })).status).toBe(412);
    expect((await ask("/small.txt", { headers: { range: "bytes=99-", "if-none-match": etag } })).status).toBe(304);
  });

  test("any part is the bytes that it says it is", async () => {
    const place = fc.integer({ min: 0, max: SIZE - 1 });
    await fc.assert(
      fc.asyncProperty(place, place, async (a, b) => {
        const [first, last] = a < b ? [a, b] : [b, a];
        const { status, headers, body } = await ask("/large.bin", { headers: { range: `bytes=${first}-${last}` } });
        expect([status, headers.get("content-range")]).toEqual([206, `bytes ${first}-${last}/${SIZE}`]);
        expect(body.equals(content.subarray(first, last + 1))).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect((await ask("/large.bin")).body.equals(content)).toBe(true);
  });

  test("any text in a Range header has an answer", async () => {
    const text = fc.string({ unit: fc.constantFrom(..."bytes=-,0123456789 \t;*"), maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(text, async (range) => {
        const { status } = await ask("/small.txt", { headers: { range: `bytes=${range}` } });
        expect([200, 206, 416]).toContain(status);
      }),
      { numRuns: 200 },
    );
  });
});
