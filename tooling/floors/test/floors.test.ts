import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { floors, reaches } from "../src/table.ts";
import { violations } from "../src/violations.ts";
import { readWorkspace } from "../src/workspace.ts";

const root = join(import.meta.dirname, "../../..");
const members = readWorkspace(root);

test("imports only go down", () => {
  expect(members.length).toBeGreaterThan(5);
  expect(violations(floors, members, reaches)).toEqual([]);
});

test("packages/README.md maps every package to its floor", () => {
  const map = readFileSync(join(root, "packages/README.md"), "utf8");
  const rows = [...map.matchAll(/^\| (\d) [^|]*\| \[`(?:@openspeed\/)?([^`]+)`\]\(([^)]+)\) \|/gm)].map(
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
