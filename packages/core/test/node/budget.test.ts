import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const sources = globSync("src/**/*.ts", { cwd: root }).toSorted();

test("nothing is installed with the core", () => {
  const manifest = JSON.parse(read("package.json")) as Record<string, unknown>;
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies"])
    expect(manifest[field] ?? {}).toEqual({});
  expect(manifest["sideEffects"]).toBe(false);
});

describe("sources", () => {
  const refused: [what: string, pattern: RegExp][] = [
    [
      "code made of text",
      /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*["'`]|\.toString\(\)\.(?:match|split|includes)/,
    ],
    ["a module of Node", /["']node:|\b(?:from|import|require)[\s(]*["'](?:fs|http|stream|async_hooks|buffer)["']/],
    [
      "a module from outside of the package",
      /\bfrom\s+["'](?!\.{1,2}\/)|\bimport\s*\(\s*["'](?!\.{1,2}\/)|\bimport\s+["']/,
    ],
    ["a Response known by its class", /instanceof\s+(?:Response|Request|Headers)\b/],
    ["a context that follows along unseen", /AsyncLocalStorage|AsyncContext/],
    ["a global of Node", /\b(?:Buffer|setImmediate|__dirname|require)\b(?=[.(])/],
    ["a changed global", /globalThis\.\w+\s*=[^=]/],
  ];
  const bare = (source: string): string => source.replace(/\/\*[^]*?\*\/|(?<!:)\/\/.*$/gm, "");

  test("are found", () => {
    expect(sources).toContain("src/index.ts");
    expect(sources.length).toBeGreaterThan(20);
  });

  test.each(refused)("do without %s", (_, pattern) => {
    expect(sources.filter((path) => pattern.test(bare(read(path))))).toEqual([]);
  });

  test.each<[what: string, source: string]>([
    ["code made of text", "const f = new Function('a', 'b')"],
    ["code made of text", "eval (text)"],
    ["a module of Node", 'import { createHash } from "node:crypto"'],
    ["a module from outside of the package", 'import { z } from "zod"'],
    ["a module from outside of the package", 'await import("zod")'],
    ["a Response known by its class", "value instanceof Response"],
    ["a context that follows along unseen", "new AsyncLocalStorage()"],
    ["a global of Node", "Buffer.from(text)"],
    ["a changed global", "globalThis.Response = Own"],
  ])("%s would be seen in %s", (what, source) => {
    expect(refused.some(([name, pattern]) => name === what && pattern.test(bare(source)))).toBe(true);
  });
});
