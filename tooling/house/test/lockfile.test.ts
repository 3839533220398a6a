import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const lockfile = readFileSync(join(import.meta.dirname, "../../../pnpm-lock.yaml"), "utf8");

test.for(["linux-x64", "linux-arm64", "darwin-arm64", "darwin-x64", "win-x64"])(
  "the lockfile holds a Node for %s",
  (platform) => {
    expect(lockfile).toMatch(new RegExp(`node-(bin-)?${platform}@26\\.`));
  },
);

test("what the lockfile holds for Linux, it holds for macOS and Windows", () => {
  // A tool that ships one package a platform is locked only for the platforms its version was published for.
  const names = [...lockfile.matchAll(/^ {2}'?(@?[^\s:'@]+)@[^\s:']+'?:/gm)].map(([, name = ""]) => name);
  const families = new Set(names.flatMap((name) => /^(@.*?)linux-?(?:x64|64)/.exec(name)?.[1] ?? []));
  // libvips has no package for Windows: sharp carries it there.
  families.delete("@img/sharp-libvips-");
  const missing = [...families].flatMap((family) =>
    ["darwin", "win(32|dows)"]
      .filter((system) => !names.some((name) => new RegExp(`^${family}${system}`).test(name)))
      .map((system) => `${family}${system}`),
  );
  expect(families.size).toBeGreaterThan(8);
  expect(missing).toEqual([]);
});

test("the lockfile names no host", () => {
  expect(lockfile).not.toMatch(/https?:\/\//);
});
