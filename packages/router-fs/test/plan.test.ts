import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byCodePoint, plan } from "../src/plan.ts";

describe("plan", () => {
  test("leaves out what is no route", () => {
    const files = [
      "a.ts",
      "_b.ts",
      "_lib/c.ts",
      "a.test.ts",
      "a.spec.tsx",
      "a.test-d.ts",
      "a.d.ts",
      "a.css",
      "README.md",
      ".eslintrc.js",
      ".git/hook.js",
    ];
    expect(plan(files)).toEqual({ routes: [{ file: "a.ts", path: "/a", uses: [] }], uses: [], faults: [] });
  });

  test("hands each route the _use files above it, outermost first, groups too", () => {
    const { routes, uses } = plan(["_use.ts", "(in)/_use.ts", "(in)/a/_use.ts", "(in)/a/b.ts", "(in)/c.ts", "d.ts"]);
    expect(routes.map(({ file, uses }) => [file, uses])).toEqual([
      ["(in)/a/b.ts", ["_use.ts", "(in)/_use.ts", "(in)/a/_use.ts"]],
      ["(in)/c.ts", ["_use.ts", "(in)/_use.ts"]],
      ["d.ts", ["_use.ts"]],
    ]);
    expect(uses).toEqual(["(in)/_use.ts", "(in)/a/_use.ts", "_use.ts"]);
  });

  test("finds every fault at once", () => {
    const { faults } = plan(["[id.ts", "[...a]/b.ts", "_use.ts", "_use.js", "ok.ts"]);
    expect(faults.map(({ code, where }) => [code, where])).toEqual([
      ["OS_USE_TWICE", "_use.ts"],
      ["OS_ROUTE_NAME", "[...a]/b.ts"],
      ["OS_ROUTE_NAME", "[id.ts"],
    ]);
  });

  test("does not depend on the order in which a disk lists files", () => {
    const files = [
      "b.ts",
      "a/index.ts",
      "a.ts",
      "Z.ts",
      "é.ts",
      "_use.ts",
      "a/_use.ts",
      "[id].ts",
      "\u{1f600}/a.ts",
      "\uffeea.ts",
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(plan(shuffled)).toEqual(plan(files));
      }),
    );
  });
});

test("names are ordered by code points", () => {
  expect(["\u{1f600}", "\uffee", "b", "a", "ab", "B"].sort(byCodePoint)).toEqual([
    "B",
    "a",
    "ab",
    "b",
    "\uffee",
    "\u{1f600}",
  ]);
});
