import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const workspace = join(import.meta.dirname, "../../..");

const codesOf = (pattern: string): readonly string[] => {
  const texts = globSync(pattern, { cwd: workspace }).map((path) => readFileSync(join(workspace, path), "utf8"));
  return [...new Set(texts.flatMap((text) => text.match(/\bOS_[A-Z]+(?:_[A-Z]+)*\b/g) ?? []))].toSorted();
};

test("docs/errors.md explains each code that a package has, and no other", () => {
  const used = codesOf("packages/*/src/**/*.{ts,tsx}");
  expect(used.length).toBeGreaterThan(30);
  expect(codesOf("docs/errors.md")).toEqual(used);
});
