import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCookies } from "../src/request/cookies.ts";
import { readQuery } from "../src/request/query.ts";
import { fieldsByPlatform } from "./references/query.ts";

const MALFORMED = expect.objectContaining({ problemName: "malformed" });

/** What a function throws; `undefined` if it does not. */
function thrown(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("readQuery", () => {
  const cases: [search: string, all: Record<string, string | string[]>][] = [
    ["", {}],
    ["&", {}],
    ["&&a=1&&", { a: "1" }],
    ["a", { a: "" }],
    ["a=", { a: "" }],
    ["=", { "": "" }],
    ["=b", { "": "b" }],
    ["a=b=c", { a: "b=c" }],
    ["a=1&a=2&a=3", { a: ["1", "2", "3"] }],
    ["a&a", { a: ["", ""] }],
    ["a+b=c+d", { "a b": "c d" }],
    ["a%2Bb=c%2bd", { "a+b": "c+d" }],
    ["a=%26%3D", { a: "&=" }],
    ["%61=1&a=2", { a: ["1", "2"] }],
    ["a=%", { a: "%" }],
    ["a=%4", { a: "%4" }],
    ["a=%zz+%41", { a: "%zz A" }],
    ["a=%ff", { a: "\ufffd" }],
    ["a=%E0%B9%84", { a: "ไ" }],
    ["?a=1", { "?a": "1" }],
    ["a=1;b=2", { a: "1;b=2" }],
  ];
  test.each(cases)("%j", (search, all) => {
    expect({ ...readQuery(search, "all") }).toEqual(all);
    const first = Object.entries(all).map(([name, value]) => [name, typeof value === "string" ? value : value[0]]);
    expect({ ...readQuery(search, "first") }).toEqual(Object.fromEntries(first));
  });

  const piece = fc.constantFrom(
    "a",
    "b",
    "=",
    "&",
    "+",
    "%",
    "%2",
    "%41",
    "%26",
    "%3D",
    "%2B",
    "%zz",
    "%C3%A9",
    "%C3",
    "%EF%BB%BF",
    "%00",
    "é",
    "💩",
    "#",
    "?",
    ";",
    " ",
    "__proto__",
  );
  const search = fc.oneof(
    fc.array(piece, { maxLength: 16 }).map((list) => list.join("")),
    fc.string({ unit: "binary", maxLength: 24 }).filter((text) => text.isWellFormed()),
  );

  test("agrees with URLSearchParams", () => {
    fc.assert(
      fc.property(search, (text) => {
        const reference = fieldsByPlatform(text);
        const all = readQuery(text, "all");
        const first = readQuery(text, "first");
        expect(Object.keys(all).sort()).toEqual([...reference.keys()].sort());
        expect(Object.keys(first).sort()).toEqual(Object.keys(all).sort());
        for (const [name, values] of reference) {
          expect([all[name]].flat()).toEqual(values);
          expect(first[name]).toBe(values[0]);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("reads what URLSearchParams writes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }))), (pairs) => {
        const fields = readQuery(new URLSearchParams(pairs).toString(), "all");
        expect(Object.keys(fields).length).toBe(new Set(pairs.map(([name]) => name)).size);
        for (const [name] of pairs)
          expect([fields[name]].flat()).toEqual(pairs.filter(([other]) => other === name).map(([, value]) => value));
      }),
      { numRuns: 1_000 },
    );
  });

  test("takes as many fields as the limit says, and no more", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom("a=1", "a", "=", "%61="),
        (limit, count, field) => {
          const error = thrown(() => readQuery(Array.from({ length: count }, () => field).join("&"), "first", limit));
          expect(error).toEqual(count > limit ? MALFORMED : undefined);
        },
      ),
    );
    expect(thrown(() => readQuery("a&".repeat(256), "all"))).toBe(undefined);
    expect(thrown(() => readQuery("a&".repeat(257), "all"))).toEqual(MALFORMED);
    expect({ ...readQuery("&".repeat(1_000), "all") }).toEqual({});
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "__defineGetter__"])(
    "%s is a name like any other",
    (name) => {
      const fields = readQuery(`${name}=1&${name}=2`, "all");
      expect("toString" in fields || "constructor" in fields).toBe(name === "toString" || name === "constructor");
      expect(Object.keys(fields)).toEqual([name]);
      expect(fields[name]).toEqual(["1", "2"]);
      expect(readQuery("a=1", "first")[name]).toBe(undefined);
      expect(Reflect.get({}, "1")).toBe(undefined);
    },
  );
});

describe("readCookies", () => {
  const cases: [header: string | null, cookies: Record<string, string>][] = [
    [null, {}],
    ["", {}],
    ["a=1", { a: "1" }],
    ["a=1; b=2", { a: "1", b: "2" }],
    ["a=1;b=2;", { a: "1", b: "2" }],
    [" a = 1 ;\tb=2", { a: "1", b: "2" }],
    ["a=1; a=2", { a: "1" }],
    ["a=b=c", { a: "b=c" }],
    ["a", {}],
    ["a; b=2", { b: "2" }],
    ["a=", { a: "" }],
    ['a="b c"', { a: "b c" }],
    ['a="', { a: '"' }],
    ['a=""', { a: "" }],
    ['a="b', { a: '"b' }],
    ["a=%C3%A9", { a: "é" }],
    ["a=100%", { a: "100%" }],
    ["a=b+c", { a: "b+c" }],
    ["%61=1", { "%61": "1" }],
    // Octets as a server that reads latin1 gets them: 0xA0 ends the letter à, and is no blank before a `__Host-` name.
    ["a=\u00c3\u00a0; b=\u00a0", { a: "\u00c3\u00a0", b: "\u00a0" }],
    ["\u00a0__Host-a=1; __Host-a=2", { "\u00a0__Host-a": "1", "__Host-a": "2" }],
  ];
  test.each(cases)("%j", (header, cookies) => {
    expect({ ...readCookies(header, 64) }).toEqual(cookies);
  });

  test("reads back what encodeURIComponent wrote, the first of equal names", () => {
    const name = fc.stringMatching(/^[A-Za-z_][\w-]{0,8}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(name, fc.constant("__proto__")), fc.string({ unit: "grapheme" })), { maxLength: 8 }),
        (pairs) => {
          const cookies = readCookies(
            pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("; "),
            64,
          );
          const first = new Map(pairs.toReversed());
          expect(Object.keys(cookies).sort()).toEqual([...first.keys()].sort());
          for (const [key, value] of first) expect(cookies[key]).toBe(value);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("counts cookies before it reads any", () => {
    const header = (count: number): string => Array.from({ length: count }, (_, i) => `c${i}=1`).join("; ");
    expect(Object.keys(readCookies(header(8), 8))).toHaveLength(8);
    expect(thrown(() => readCookies(header(9), 8))).toEqual(MALFORMED);
    expect(thrown(() => readCookies(";".repeat(8), 8))).toEqual(MALFORMED);
  });
});
