/** Whoever ships a guard says which subject attacks it, or this fails. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { guards, silent } from "../src/guards.ts";
import { subjects } from "../src/subjects/index.ts";

const packages = join(import.meta.dirname, "../../../packages");

interface Entry {
  readonly entry: string;
  readonly source: string;
}

/** What each package that answers anybody lets one import. */
const entries: readonly Entry[] = readdirSync(packages)
  .filter((folder) => existsSync(join(packages, folder, "package.json")) && !Object.hasOwn(silent, folder))
  .flatMap((folder) => {
    const { name, exports }: { name: string; exports: Record<string, unknown> } = JSON.parse(
      readFileSync(join(packages, folder, "package.json"), "utf8"),
    );
    return Object.entries(exports).flatMap(([path, target]): readonly Entry[] => {
      const source =
        typeof target === "object" && target !== null && "@openspeed/source" in target
          ? target["@openspeed/source"]
          : undefined;
      return typeof source === "string"
        ? [{ entry: name + path.slice(1), source: join(packages, folder, source) }]
        : [];
    });
  });

test.each(entries)(
  "$entry: every export is attacked by a subject, or said to be no guard",
  async ({ entry, source }) => {
    const exported = Object.keys((await import(source)) as object);
    const { attacked, others } = guards[entry] ?? { attacked: {}, others: [] };
    const said = [...Object.keys(attacked), ...others];
    // What stands here belongs into src/guards.ts, and into a subject if it guards or refuses.
    expect(exported.filter((name) => !said.includes(name))).toEqual([]);
    expect(said.filter((name) => !exported.includes(name))).toEqual([]);
  },
);

test("the subjects that are named are there, and each is named", () => {
  const named = new Set(Object.values(guards).flatMap(({ attacked }) => Object.values(attacked).flat()));
  expect([...named].toSorted()).toEqual(subjects.map(({ name }) => name).toSorted());
});
