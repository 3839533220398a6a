import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { floors } from "../src/table.ts";
import { violations } from "../src/violations.ts";
import { readWorkspace } from "../src/workspace.ts";

const root = join(import.meta.dirname, "../../..");
const members = readWorkspace(root);
const lockfile = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");

test("imports only go down", () => {
  expect(members.length).toBeGreaterThan(5);
  expect(violations(floors, members)).toEqual([]);
});

test("packages/README.md maps every package to its floor", () => {
  const map = readFileSync(join(root, "packages/README.md"), "utf8");
  const rows = [...map.matchAll(/^\| (\d) [^|]*\| \[`@openspeed\/([^`]+)`\]\(([^)]+)\) \|/gm)].map(
    ([, floor, folder, link]) => ({ floor: Number(floor), folder, link }),
  );
  const published = members.filter((member) => member.group === "packages");
  const expected = floors.flatMap(({ packages }, floor) =>
    packages
      .filter((folder) => published.some((member) => member.folder === folder))
      .map((folder) => ({ floor, folder, link: `./${folder}` })),
  );
  expect(rows).toEqual(expected);
});

test("tsc -b reaches every tsconfig.json of the workspace", () => {
  const { references }: { references: { path: string }[] } = JSON.parse(
    readFileSync(join(root, "tsconfig.json"), "utf8"),
  );
  const present = globSync("{packages,apps,tooling}/*/{,test/}tsconfig.json", { cwd: root });
  expect(references.map(({ path }) => path).toSorted()).toEqual(present.map((path) => dirname(path)).toSorted());
});

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
