import { expect, test } from "vitest";
import { importsOf } from "../src/imports.ts";

const cases: readonly [source: string, specifier: string, typeOnly: boolean][] = [
  [`import "a";`, "a", false],
  [`import { b } from "a";`, "a", false],
  [`import type { B } from "a";`, "a", true],
  [`import { type B } from "a";`, "a", false],
  [`export { b } from "a";`, "a", false],
  [`export type { B } from "a";`, "a", true],
  [`export * from "a";`, "a", false],
  [`export type * from "a";`, "a", true],
  [`const lazy = () => import("a");`, "a", false],
  [`type Lazy = typeof import("a");`, "a", true],
  [`export interface Api { "GET /": import("a").Get }`, "a", true],
];

test.for(cases)("%s", ([source, specifier, typeOnly]) => {
  expect(importsOf("x.ts", source)).toEqual([{ specifier, line: 1, typeOnly }]);
});

test("what is no import is not found", () => {
  expect(importsOf("x.ts", `export const a = "import 'b'"; // import "c"\nconst d = import(e);`)).toEqual([]);
});

test("lines count from one, JSX is understood", () => {
  expect(importsOf("x.tsx", `const a = <p>hi</p>;\n\nimport "a";`)).toEqual([
    { specifier: "a", line: 3, typeOnly: false },
  ]);
});

test("a file that does not parse is named", () => {
  expect(() => importsOf("packages/a/src/x.ts", "import {")).toThrow("packages/a/src/x.ts");
});
