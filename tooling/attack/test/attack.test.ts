/** Every class against every subject, in process, over sockets and as bytes. */
import { expect, test } from "vitest";
import { openHere } from "../src/arena.ts";
import { attack } from "../src/attack.ts";
import { CLASSES } from "../src/case.ts";
import { casesOf } from "../src/generate/cases.ts";
import { readPaths } from "../src/read-paths.ts";
import { reportOf } from "../src/report.ts";
import { subjects } from "../src/subjects/index.ts";

const SEED = 1;

test("nothing passes", { timeout: 300_000 }, async () => {
  const cases = casesOf(CLASSES, SEED, 6000, subjects);
  const arena = await openHere(subjects);
  const result = await attack(arena, cases, subjects);
  await arena.close();
  console.log(reportOf(arena.name, SEED, result));
  expect(
    result.findings.map(
      ({ kind, text, attacked }) => `${kind}: ${text}, --class ${attacked?.class} --only ${attacked?.number}`,
    ),
  ).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(5000);
  // Each subject has met its classes, and more cases have been sent than were made.
  for (const { name, classes } of subjects)
    for (const each of classes)
      expect(result.tallies.some((tally) => tally.subject === name && tally.class === each)).toBe(true);
});

test("guard and router read every path as the second reading does", { timeout: 300_000 }, async () => {
  const { paths, perSecond, differences } = await readPaths(subjects, SEED, 40_000);
  console.log(`${paths} paths, ${perSecond} a second`);
  expect(differences).toEqual([]);
});

test("a seed makes the same cases everywhere", () => {
  const text = JSON.stringify(casesOf(CLASSES, 7, 400, subjects), (_, value: unknown) =>
    value instanceof Uint8Array ? [...value] : value,
  );
  expect(casesOf(CLASSES, 7, 400, subjects)).toEqual(casesOf(CLASSES, 7, 400, subjects));
  expect(text).not.toEqual(JSON.stringify(casesOf(CLASSES, 8, 400, subjects)));
  // A number alone makes a case: that is what replays one.
  expect(casesOf(["A"], 7, 100, subjects)[42]).toEqual(casesOf(["A"], 7, 5000, subjects)[42]);
});
