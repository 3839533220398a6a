/** The test of the test: what is broken on purpose is found, in every class. */
import { describe, expect, test } from "vitest";
import { openHere } from "../src/arena.ts";
import { attack } from "../src/attack.ts";
import { CLASSES } from "../src/case.ts";
import { casesOf } from "../src/generate/cases.ts";
import { mutants } from "../src/mutants/index.ts";

const MOST = 4000;

describe.each(CLASSES)("class %s", (attackClass) => {
  const own = mutants.filter((mutant) => mutant.class === attackClass);

  test("has mutants", () => expect(own.length).toBeGreaterThan(2));

  test.each(own)("finds a server that $name", async ({ name, finds, subject, listen }) => {
    const cases = casesOf([attackClass], 1, MOST, [subject]).filter((each) => each.subject === subject.name);
    const arena = await openHere([subject], listen);
    const { findings } = await attack(arena, cases, [subject], finds);
    await arena.close();
    const found = findings.find(({ kind }) => kind === finds)?.attacked;
    console.log(`${attackClass}, ${name}: ${finds} after ${cases.findIndex((each) => each === found) + 1} cases`);
    expect(findings.map(({ kind }) => kind)).toContain(finds);
  });
});
