import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMatcher, type Matcher } from "../src/compile/matcher.ts";
import { tryAll } from "./references/matcher.ts";

const matcherOf = (patterns: readonly string[]): Matcher<string> => {
  const matcher = createMatcher<string>();
  for (const pattern of patterns) matcher.add(pattern, pattern);
  return matcher;
};

describe("find", () => {
  type Case = readonly [path: string, pattern: string | undefined, params?: Record<string, string>];
  const tables: { name: string; patterns: string[]; cases: Case[] }[] = [
    {
      name: "nothing added",
      patterns: [],
      cases: [
        ["/", undefined],
        ["/a", undefined],
        ["", undefined],
      ],
    },
    {
      name: "literal text",
      patterns: ["/", "/a", "/a/", "/ab", "/a/b", "/a//b", "/café", "/a b", "/日本", "/%2F"],
      cases: [
        ["/", "/"],
        ["/a", "/a"],
        ["/a/", "/a/"],
        ["/ab", "/ab"],
        ["/a/b", "/a/b"],
        ["/a//b", "/a//b"],
        ["/café", "/café"],
        ["/a b", "/a b"],
        ["/日本", "/日本"],
        ["/%2F", "/%2F"],
        ["/A", undefined],
        ["/abc", undefined],
        ["/a/b/", undefined],
        ["//a", undefined],
        ["//", undefined],
        ["", undefined],
        ["a", undefined],
      ],
    },
    {
      name: "a param is one segment, not empty",
      patterns: ["/users/:id", "/users/:id/posts/:post"],
      cases: [
        ["/users/42", "/users/:id", { id: "42" }],
        ["/users/é", "/users/:id", { id: "é" }],
        ["/users/:id", "/users/:id", { id: ":id" }],
        ["/users/1/posts/2", "/users/:id/posts/:post", { id: "1", post: "2" }],
        ["/users", undefined],
        ["/users/", undefined],
        ["/users//", undefined],
        ["/users/1/", undefined],
        ["/users//posts/2", undefined],
        ["/users/1/posts", undefined],
        ["/users/1/posts/", undefined],
        ["/users/1/post/2", undefined],
        ["/users/1/posts/2/", undefined],
      ],
    },
    {
      name: "a rest is what remains, not empty",
      patterns: ["/files/*path", "/:tenant/all/*rest"],
      cases: [
        ["/files/a", "/files/*path", { path: "a" }],
        ["/files/a/b.txt", "/files/*path", { path: "a/b.txt" }],
        ["/files/a/", "/files/*path", { path: "a/" }],
        ["/files//", "/files/*path", { path: "/" }],
        ["/t/all/x/y", "/:tenant/all/*rest", { tenant: "t", rest: "x/y" }],
        ["/files/all/x", "/files/*path", { path: "all/x" }],
        ["/files", undefined],
        ["/files/", undefined],
        ["/t/all", undefined],
        ["/t/all/", undefined],
        ["//all/x", undefined],
      ],
    },
    {
      name: "escapes in values, and only in values",
      patterns: ["/:a/x/:b", "/r/*rest", "/%2F/lit"],
      cases: [
        ["/p%2Fq/x/100%25", "/:a/x/:b", { a: "p/q", b: "100%" }],
        ["/%252F/x/b", "/:a/x/:b", { a: "%2F", b: "b" }],
        ["/r/a%2Fb/c%25", "/r/*rest", { rest: "a/b/c%" }],
        ["/%2F/lit", "/%2F/lit"],
      ],
    },
    {
      name: "literal before param before rest, segment by segment",
      patterns: ["/a/b", "/a/:x", "/a/*r", "/:y/b", "/*all"],
      cases: [
        ["/a/b", "/a/b"],
        ["/a/c", "/a/:x", { x: "c" }],
        ["/a/bb", "/a/:x", { x: "bb" }],
        ["/a/c/d", "/a/*r", { r: "c/d" }],
        ["/a/b/", "/a/*r", { r: "b/" }],
        ["/c/b", "/:y/b", { y: "c" }],
        ["/c/d", "/*all", { all: "c/d" }],
        ["/a", "/*all", { all: "a" }],
        ["/a/", "/*all", { all: "a/" }],
        ["/", undefined],
      ],
    },
    {
      name: "falling back from a more specific beginning",
      patterns: ["/a/b/c/d", "/a/b/:x/e", "/a/:y/c/f", "/:z/b/c/g", "/:z/:y/:x/h", "/:p/:q/*r"],
      cases: [
        ["/a/b/c/d", "/a/b/c/d"],
        ["/a/b/c/e", "/a/b/:x/e", { x: "c" }],
        ["/a/b/c/f", "/a/:y/c/f", { y: "b" }],
        ["/a/b/c/g", "/:z/b/c/g", { z: "a" }],
        ["/a/b/c/h", "/:z/:y/:x/h", { z: "a", y: "b", x: "c" }],
        ["/a/b/c/i", "/:p/:q/*r", { p: "a", q: "b", r: "c/i" }],
        ["/long/name/c/i", "/:p/:q/*r", { p: "long", q: "name", r: "c/i" }],
        ["/a/b", undefined],
      ],
    },
    {
      name: "names differ at one place",
      patterns: ["/a/:x/b", "/a/:y/c", "/a/:z"],
      cases: [
        ["/a/1/b", "/a/:x/b", { x: "1" }],
        ["/a/1/c", "/a/:y/c", { y: "1" }],
        ["/a/1", "/a/:z", { z: "1" }],
        ["/a/1/d", undefined],
      ],
    },
    {
      name: "many params, odd names",
      patterns: ["/:a/:b/:c/:d/:e/:f/:g/:h", "/o/:constructor/:toString/:0", "/m/:é-x"],
      cases: [
        [
          "/1/2/3/4/5/6/7/8",
          "/:a/:b/:c/:d/:e/:f/:g/:h",
          { a: "1", b: "2", c: "3", d: "4", e: "5", f: "6", g: "7", h: "8" },
        ],
        ["/o/1/2/3", "/o/:constructor/:toString/:0", { constructor: "1", toString: "2", "0": "3" }],
        ["/m/1", "/m/:é-x", { "é-x": "1" }],
      ],
    },
  ];
  describe.each(tables)("$name", ({ patterns, cases }) => {
    for (const [path, pattern, params = {}] of cases) {
      test(`${path} → ${pattern}`, () => {
        for (const matcher of [matcherOf(patterns), matcherOf(patterns.toReversed())]) {
          const match = matcher.find(path);
          expect(match?.value).toBe(pattern);
          if (match !== undefined) expect({ ...match.params }).toEqual(params);
        }
      });
    }
  });

  test("a name cannot reach a prototype, and params inherit nothing", () => {
    const match = matcherOf(["/:__proto__"]).find("/x");
    expect(Object.entries(match?.params ?? {})).toEqual([["__proto__", "x"]]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    const { params } = matcherOf(["/a", "/:x"]).find("/b") ?? {};
    expect(params?.["toString"]).toBe(undefined);
  });

  test("a path may have a hundred params", () => {
    const names = Array.from({ length: 100 }, (_, i) => `p${i}`);
    const match = matcherOf([`/:${names.join("/:")}`]).find(`/${names.join("/")}`);
    expect({ ...match?.params }).toEqual(Object.fromEntries(names.map((name) => [name, name])));
  });

  test("params of one match are nobody else's", () => {
    const matcher = matcherOf(["/a/:x", "/b/:x"]);
    const first = matcher.find("/a/1");
    const second = matcher.find("/a/2");
    matcher.find("/b/3");
    expect([first?.params["x"], second?.params["x"]]).toEqual(["1", "2"]);
  });

  test("a pattern added later is found, and one added again waits behind the first", () => {
    const matcher = matcherOf(["/a", "/:x"]);
    expect(matcher.find("/b/c")).toBe(undefined);
    matcher.add("/:x/:y", "later");
    matcher.add("/:z", "again");
    matcher.add("/a", "again");
    expect(matcher.find("/b/c")).toMatchObject({ value: "later", params: { x: "b", y: "c" } });
    expect(matcher.find("/b")).toMatchObject({ value: "/:x", params: { x: "b" } });
    expect(matcher.find("/a")).toMatchObject({ value: "/a" });
  });

  test("what refuses its params gives way to the next best", () => {
    const matcher = createMatcher<string>();
    matcher.add("/:id/edit", "edit", ({ id }) => id === "1");
    matcher.add("/:n", "number", ({ n }) => /^\d+$/.test(n ?? ""));
    matcher.add("/:word", "word", ({ word }) => word !== "none");
    matcher.add("/:a/:b", "two");
    matcher.add("/*all", "all", ({ all }) => all !== "x/y/z");
    expect(matcher.find("/1/edit")?.value).toBe("edit");
    expect(matcher.find("/2/edit")).toMatchObject({ value: "two", params: { a: "2", b: "edit" } });
    expect(matcher.find("/7")).toMatchObject({ value: "number", params: { n: "7" } });
    expect(matcher.find("/seven")).toMatchObject({ value: "word", params: { word: "seven" } });
    expect(matcher.find("/none")).toMatchObject({ value: "all", params: { all: "none" } });
    expect(matcher.find("/x/y/z")).toBe(undefined);
  });

  test("a value may be undefined", () => {
    const matcher = createMatcher<undefined>();
    matcher.add("/a", undefined);
    expect(matcher.find("/a")).toBeDefined();
  });
});

describe("agrees with trying every pattern", () => {
  const literal = fc.constantFrom("a", "b", "ab", "abc", "ba", "", "é", "%2F", "a:b", "a*");
  const wild = fc.constantFrom(":x", ":y", ":longer");
  const pattern = fc
    .tuple(
      fc.array(fc.oneof({ weight: 3, arbitrary: literal }, { weight: 2, arbitrary: wild }), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.constantFrom("", "/*rest"),
    )
    .map(
      ([segments, rest]) =>
        segments.map((segment, i) => "/" + (segment.startsWith(":") ? segment + i : segment)).join("") + rest,
    );
  const table = fc.array(pattern, { maxLength: 12 });
  const path = fc.array(fc.constantFrom("a", "b", "ab", "abc", "abcd", "", "é", "%2F", "100%25", "a:b"), {
    minLength: 1,
    maxLength: 6,
  });

  test("on random tables and paths", () => {
    fc.assert(
      fc.property(table, fc.array(path, { minLength: 1, maxLength: 8 }), (patterns, paths) => {
        const matcher = matcherOf(patterns);
        for (const segments of paths) {
          const text = "/" + segments.join("/");
          const match = matcher.find(text);
          expect(match && { value: match.value, params: { ...match.params } }).toEqual(tryAll(patterns, text));
        }
      }),
      { numRuns: 10_000 },
    );
  });

  test("on random tables of patterns that refuse some params", () => {
    const refuses = (pattern: string) => (params: Readonly<Record<string, string>>) =>
      !pattern.includes(":y") || !Object.values(params).some((text) => text.startsWith("ab"));
    fc.assert(
      fc.property(table, fc.array(path, { minLength: 1, maxLength: 8 }), (patterns, paths) => {
        const matcher = createMatcher<string>();
        for (const pattern of patterns) matcher.add(pattern, pattern, refuses(pattern));
        for (const segments of paths) {
          const text = "/" + segments.join("/");
          const match = matcher.find(text);
          expect(match && { value: match.value, params: { ...match.params } }).toEqual(tryAll(patterns, text, refuses));
        }
      }),
      { numRuns: 10_000 },
    );
  });

  test("on 5,000 patterns", () => {
    const patterns = Array.from(
      { length: 5_000 },
      (_, i) => `/v${i % 7}/r${i}${["", "/:id", "/:id/edit", "/*rest"][i % 4]}`,
    );
    const matcher = matcherOf(patterns);
    for (const pattern of patterns) {
      expect(matcher.find(pattern.replace(":id", "42").replace("*rest", "x/y"))?.value).toBe(pattern);
      expect(matcher.find("/w" + pattern.slice(2))).toBe(undefined);
    }
  });
});

test("a hostile path takes linear time", () => {
  const matcher = matcherOf(["/a/a/a/a/a/x", "/:a/:b/:c/:d/:e/y", "/a/*r", "/a/:b/a/:d/a/z"]);
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    matcher.find("/a".repeat(4_000));
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(5);
});
