import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "../src/request/json.ts";
import { depthOf, isPoisoned } from "./references/json.ts";

type Read = { readonly value: unknown } | { readonly refused: unknown };

function read(text: string, depth = 64): Read {
  try {
    return { value: readJson(text, depth) };
  } catch (error) {
    return { refused: error instanceof Error && "problemName" in error ? error.problemName : error };
  }
}

const REFUSED: Read = { refused: "malformed" };

test.each<[text: string, value: unknown]>([
  ["null", null],
  ["0", 0],
  ['"a"', "a"],
  [' { "a" : [ 1 , true ] } ', { a: [1, true] }],
  ['{"a":1,"a":2}', { a: 2 }],
  ['{"prototype":1,"proto":2,"_proto_":3}', { prototype: 1, proto: 2, _proto_: 3 }],
  ['{"constructor":"mason"}', { constructor: "mason" }],
  ['{"constructor":{"name":"mason"}}', { constructor: { name: "mason" } }],
  ['{"a":"__proto__"}', { a: "__proto__" }],
  ['["__proto__","constructor"]', ["__proto__", "constructor"]],
  ['{"\\u0061":"\\u00e9"}', { a: "é" }],
])("reads %s", (text, value) => {
  expect(read(text)).toEqual({ value });
});

test.each([
  "",
  " ",
  "{",
  "}",
  "nul",
  "undefined",
  "NaN",
  "01",
  "1.",
  "'a'",
  "[1,]",
  '{"a":1,}',
  "{a:1}",
  '"\n"',
  '"\\x41"',
  "[1] 2",
  "\ufeff{}",
  '"unclosed',
  `"${"[".repeat(200)}`,
])("refuses %j", (text) => {
  expect(read(text)).toEqual(REFUSED);
});

describe("keys that would reach a prototype", () => {
  const keys = [
    "__proto__",
    "\\u005f_proto__",
    "__pr\\u006Fto__",
    "\\u005F\\u005f\\u0070\\u0072\\u006f\\u0074\\u006f\\u005f\\u005f",
    "_\\u005fproto_\\u005F",
  ];
  const around = [(text: string) => text, (text: string) => `[1,${text}]`, (text: string) => `{"a":{"b":[${text}]}}`];
  for (const [i, wrap] of around.entries()) {
    test.each(keys)(`%s, place ${i}`, (key) => {
      expect(read(wrap(`{"${key}":{"admin":true}}`))).toEqual(REFUSED);
      expect(read(wrap(`{"a":1,"${key}":null}`))).toEqual(REFUSED);
      expect(Reflect.get({}, "admin")).toBe(undefined);
    });
    test.each(["constructor", "\\u0063onstructor"])(`%s with a prototype, place ${i}`, (key) => {
      expect(read(wrap(`{"${key}":{"prototype":{"admin":true}}}`))).toEqual(REFUSED);
      expect(read(wrap(`{"${key}":{"\\u0070rototype":1}}`))).toEqual(REFUSED);
    });
  }
});

describe("depth", () => {
  const nested = (level: number, open: string, close: string): string => open.repeat(level) + close.repeat(level);
  test.each([1, 2, 3, 64, 1_000])("of %i levels", (depth) => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const inner = open === "[" ? "" : "1";
      const text = (level: number): string => open.repeat(level) + inner + close.repeat(level);
      expect(read(text(depth), depth)).toEqual({ value: JSON.parse(text(depth)) as unknown });
      expect(read(text(depth + 1), depth)).toEqual(REFUSED);
    }
  });

  test.each(["[[[[", '\\"[[[[', "\\\\", '\\\\\\"{{{{', "]]]]", "{[{[\\u0022{["])(
    "counts nothing inside of the text %j",
    (inner) => {
      const text = `{"${inner}":["${inner}","${inner}"]}`;
      expect(read(text, 2)).toEqual({ value: JSON.parse(text) as unknown });
    },
  );

  test("takes a million levels without a stack", () => {
    expect(read("[".repeat(1_000_000))).toEqual(REFUSED);
    expect(read(nested(100_000, "[", "]"))).toEqual(REFUSED);
  });

  test("is that of the value", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.integer({ min: 1, max: 6 }), (text, depth) => {
        const value: unknown = JSON.parse(text);
        if (isPoisoned(value)) return;
        expect(read(text, depth)).toEqual(depthOf(value) > depth ? REFUSED : { value });
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("agrees with JSON.parse", () => {
  test("on what it takes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, indented) => {
        const text = JSON.stringify(value, null, indented ? 2 : 0);
        expect(read(text)).toEqual(isPoisoned(JSON.parse(text)) ? REFUSED : { value: JSON.parse(text) as unknown });
      }),
      { numRuns: 3_000 },
    );
  });

  test("on what it refuses", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      ",",
      ":",
      "\\",
      "\\u0061",
      "a",
      "1",
      "-",
      ".",
      "e",
      "true",
      "null",
      " ",
      "\n",
    );
    const damaged = fc.tuple(fc.json(), fc.nat(), fc.nat({ max: 3 }), piece).map(([text, at, cut, more]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + more + text.slice(index + cut);
    });
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          fc.array(piece, { maxLength: 12 }).map((list) => list.join("")),
        ),
        (text) => {
          let expected: Read;
          try {
            const value: unknown = JSON.parse(text);
            expected = isPoisoned(value) ? REFUSED : { value };
          } catch {
            expected = REFUSED;
          }
          expect(read(text)).toEqual(expected);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
