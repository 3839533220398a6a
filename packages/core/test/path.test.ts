import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalPath, decodeParam, splitTarget } from "../src/request/path.ts";
import { escaped, onTheWire, parsedByUrl } from "./references/path.ts";

describe("splitTarget", () => {
  const cases: [target: string, path: string | undefined, query?: string][] = [
    ["/", "/", ""],
    ["/a/b", "/a/b", ""],
    ["/a?", "/a", ""],
    ["/a?b=c?d", "/a", "b=c?d"],
    ["/?/a", "/", "/a"],
    ["//h/a", "//h/a", ""],
    ["/http://h/a", "/http://h/a", ""],
    ["http://h", "/", ""],
    ["http://h/", "/", ""],
    ["http://h:80/a/b?c=d", "/a/b", "c=d"],
    ["https://[::1]:80/a", "/a", ""],
    ["HTTPS://H/A", "/A", ""],
    ["http://h?a/b", "/", "a/b"],
    ["http://h//a", "//a", ""],
    ["*", "*", ""],
    ["", undefined],
    ["a", undefined],
    ["*/a", undefined],
    ["?a", undefined],
    ["/a#b", undefined],
    ["/a?b#c", undefined],
    ["h:80", undefined],
    ["http:/a", undefined],
    ["http:///a", undefined],
    ["http://?a", undefined],
    ["http://u:p@h/a", undefined],
    ["http://h\\a", undefined],
    ["http://h h/a", undefined],
    ["ftp://h/a", undefined],
    ["file:///a", undefined],
    ["javascript:alert(1)", undefined],
  ];
  test.each(cases)("%j", (target, path, query = "") => {
    expect(splitTarget(target)).toEqual(path === undefined ? undefined : { path, query });
  });

  test("agrees with URL on what a web Request carries", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ["http", "https"] }), (text) => {
        const { href, pathname, search } = new URL(text);
        expect(splitTarget(href)).toEqual({ path: pathname, query: search.slice(1) });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("canonicalPath", () => {
  const cases: [raw: string, canonical: string | undefined][] = [
    // as it stands
    ["/", "/"],
    ["/users/42", "/users/42"],
    ["/a.b/..c/d../...", "/a.b/..c/d../..."],
    ["/.well-known/x", "/.well-known/x"],
    ["/a;v=1/b;c", "/a;v=1/b;c"],
    ["/!\"$&'()*+,-:<=>@[]^_`{|}~", "/!\"$&'()*+,-:<=>@[]^_`{|}~"],
    // slashes count
    ["//", "//"],
    ["//x", "//x"],
    ["/x/", "/x/"],
    ["/a//b///", "/a//b///"],
    // decoded once
    ["/%61dmin", "/admin"],
    ["/a%20b", "/a b"],
    ["/%3f%23%3B", "/?#;"],
    ["/caf%C3%A9", "/café"],
    ["/%F0%9F%92%A9", "/💩"],
    ["/%ef%bb%bfa", "/\ufeffa"],
    ["/%2fetc", "/%2Fetc"],
    ["/a%2Fb%2fc", "/a%2Fb%2Fc"],
    ["/100%25", "/100%25"],
    ["/%2561", "/%2561"],
    ["/%252f", "/%252f"],
    ["/%252F", "/%252F"],
    ["/%25%32%66", "/%252f"],
    ["/a%5Cb", "/a\\b"],
    // octets as received
    ["/caf\xc3\xa9", "/café"],
    ["/%C3\xa9", "/é"],
    ["/\xe6\x97\xa5", "/日"],
    ["/日本", "/日本"],
    // dots
    ["/.", "/"],
    ["/..", "/"],
    ["/../..", "/"],
    ["/a/.", "/a/"],
    ["/a/..", "/"],
    ["/a/./b", "/a/b"],
    ["/a/../b", "/b"],
    ["/a/b/../..", "/"],
    ["/a/b/../../../c", "/c"],
    ["/a//../b", "/a/b"],
    ["//a/..", "//"],
    ["/a/%2e/b", "/a/b"],
    ["/a/%2E%2e/b", "/b"],
    ["/a/.%2e", "/"],
    ["/a/%2e./", "/"],
    ["/%2e%2e%2e", "/..."],
    ["/%252e%252e/a", "/%252e%252e/a"],
    ["/..%25", "/..%25"],
    ["/..%252f", "/..%252f"],
    ["/a/..;/b", "/a/..;/b"],
    ["/a%2F..b", "/a%2F..b"],
    ["/a%5C...", "/a\\..."],
    // refused: not a path
    ["", undefined],
    ["*", undefined],
    ["a", undefined],
    ["http://h/a", undefined],
    ["/a?b", undefined],
    ["/a#b", undefined],
    // refused: bad escapes
    ["/%", undefined],
    ["/%2", undefined],
    ["/%zz", undefined],
    ["/a%", undefined],
    ["/%u0061", undefined],
    // refused: not UTF-8
    ["/%ff", undefined],
    ["/%c3", undefined],
    ["/%c3/%a9", undefined],
    ["/%c0%af", undefined],
    ["/%c0%ae%c0%ae", undefined],
    ["/%e0%80%af", undefined],
    ["/%ed%a0%80", undefined],
    ["/%f4%90%80%80", undefined],
    ["/\xe9", undefined],
    ["/\xc0\xaf", undefined],
    ["/\ud800", undefined],
    // refused: controls, spaces and backslashes
    ["/%00", undefined],
    ["/a%0d%0aset-cookie:x", undefined],
    ["/%7f", undefined],
    ["/%c2%80", undefined],
    ["/%c2%85", undefined],
    ["/%C2%9B31m", undefined],
    ["/\xc2\x9b31m", undefined],
    ["/%c2%a0", "/\xa0"],
    ["/a\tb", undefined],
    ["/a\x7f", undefined],
    ["/a b", undefined],
    ["/a\\b", undefined],
    ["/..\\..", undefined],
    ["/%00/..", undefined],
    // refused: dots behind an encoded separator
    ["/..%2fetc", undefined],
    ["/..%2Fetc/passwd", undefined],
    ["/a%2f..", undefined],
    ["/a%2f%2e%2e%2fb", undefined],
    ["/%2f../x", undefined],
    ["/a%5C..%5Cb", undefined],
    ["/..%5c", undefined],
    ["/%5c..", undefined],
    ["/.%2fa", undefined],
    ["/a%2f.", undefined],
    ["/a%2f.%5cb", undefined],
    ["/..%2f/../a", undefined],
  ];
  test.each(cases)("%j", (raw, canonical) => {
    expect(canonicalPath(raw)).toBe(canonical);
  });

  // Every char and escape that a rule speaks of, and a few that none does.
  const pieces = [
    "/",
    "/",
    "//",
    ".",
    "..",
    "/../",
    "/./",
    "a",
    "b",
    ";v=1",
    "~",
    "%61",
    "%2e",
    "%2E",
    "%2f",
    "%2F",
    "%5c",
    "%5C",
    "%25",
    "%252e",
    "%2",
    "%",
    "%zz",
    "%00",
    "%0a",
    "%7F",
    "%20",
    "%3F",
    "%c3%a9",
    "%C3",
    "%A9",
    "%ff",
    "%F0%9F%92%A9",
    "\\",
    "?",
    "#",
    " ",
    "\t",
    "é",
    "日",
    "💩",
  ] as const;
  const anyPath = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((list) => "/" + list.join(""));
  const goodPath = fc
    .array(fc.constantFrom("/", ".", "..", "%2e", "a", "%61", "%2F", "%25", "%5C", "é", "💩", "%C3%A9", "%20"), {
      maxLength: 12,
    })
    .map((list) => "/" + list.join(""));

  test("is what a URL parser and one decoding of each segment make of it, or is refused for a reason", () => {
    fc.assert(
      fc.property(fc.oneof(anyPath, goodPath), (text) => {
        expect(canonicalPath(onTheWire(text))).toBe(parsedByUrl(text));
      }),
      { numRuns: 20_000 },
    );
  });

  test("is its own canonical form once it is escaped again", () => {
    fc.assert(
      fc.property(goodPath, (text) => {
        const path = canonicalPath(onTheWire(text));
        if (path !== undefined) expect(canonicalPath(escaped(path))).toBe(path);
      }),
      { numRuns: 5_000 },
    );
  });

  test("is one for each list of segments, however they are escaped", () => {
    const segments = fc.array(fc.string({ unit: "grapheme", maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(segments, fc.integer({ min: 1 }), (list, seed) => {
        const plain = canonicalPath("/" + list.map(encodeURIComponent).join("/"));
        const fully = canonicalPath("/" + list.map((segment) => escapedAtRandom(segment, seed)).join("/"));
        expect(fully).toBe(plain);
        if (plain === undefined || list.some((segment) => segment === "." || segment === "..")) return;
        expect(plain.slice(1).split("/").map(decodeParam)).toEqual(list);
      }),
      { numRuns: 5_000 },
    );
  });

  test("holds no dot segment, no control and no other escape", () => {
    fc.assert(
      fc.property(anyPath, (text) => {
        const path = canonicalPath(onTheWire(text)) ?? "/";
        expect(path).toMatch(/^\//);
        expect(path).not.toMatch(/[^ -~\xa0-\uffff]|%(?!2F|25)/);
        expect(path.split(/\/|\\|%2F/)).not.toContain("..");
        expect(path.split(/\/|\\|%2F/)).not.toContain(".");
      }),
      { numRuns: 20_000 },
    );
  });

  const hostile = [
    "/",
    "//",
    "/.",
    "/..",
    "/../",
    "%2e",
    "%2F..",
    "%2F.",
    "%25",
    "%",
    "\\",
    ".",
    "%5C",
    "%5C.",
    "é",
    "%ff",
    "a",
  ];
  test.each(hostile)("8 KB of %j take less than 5 ms", (piece) => {
    const raw = onTheWire("/" + piece.repeat(8192 / piece.length));
    const times = Array.from({ length: 25 }, () => {
      const start = performance.now();
      canonicalPath(raw);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(5);
  });
});

test.each([
  ["a", "a"],
  ["a%2Fb", "a/b"],
  ["100%25", "100%"],
  ["%252F", "%2F"],
  ["%25252F", "%252F"],
  ["", ""],
])("decodeParam(%j)", (text, value) => {
  expect(decodeParam(text)).toBe(value);
});

function escapedAtRandom(text: string, seed: number): string {
  return Array.from(new TextEncoder().encode(text), (octet, i) => {
    const plain = octet > 32 && octet < 127 && !"/\\%?#".includes(String.fromCharCode(octet));
    return plain && (seed >> (i % 31)) & 1 ? String.fromCharCode(octet) : "%" + octet.toString(16).padStart(2, "0");
  }).join("");
}
