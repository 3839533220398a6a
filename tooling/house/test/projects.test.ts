import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

test("tsc -b reaches every tsconfig.json of the workspace", () => {
  const { references }: { references: { path: string }[] } = JSON.parse(
    readFileSync(join(root, "tsconfig.json"), "utf8"),
  );
  const present = globSync("{packages,apps,tooling}/*/{,test/}tsconfig.json", { cwd: root });
  expect(references.map(({ path }) => path).toSorted()).toEqual(present.map((path) => dirname(path)).toSorted());
});
