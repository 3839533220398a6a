import { afterAll, describe, expect, test } from "vitest";
import { corpusFolder, readCorpus } from "../src/corpus.ts";
import { unguided } from "../src/coverage.ts";
import { fuzz } from "../src/engine.ts";
import { loadCheck, targetNames } from "../src/targets.ts";
import { mutants } from "./mutants.ts";

/** By iterations, never by time, so that every run is the same one. */
const ITERATIONS = 5_000;
const OF_SLOW_ONES: Readonly<Record<string, number>> = {
  multipart: 600,
  request: 1_000,
  serialize: 1_000,
  socket: 200,
};
/** What is broken has to be found within so many. */
const BOUND = 20_000;

const corpora = new Map(targetNames.map((name) => [name, readCorpus(corpusFolder(name))]));
const inputsOf = (name: string): readonly Uint8Array<ArrayBuffer>[] =>
  (corpora.get(name) ?? []).map(({ input }) => input);

describe.each(targetNames)("%s", async (name) => {
  const check = await loadCheck(name);
  const iterations = OF_SLOW_ONES[name] ?? ITERATIONS;
  afterAll(check.close);

  test.each(corpora.get(name) ?? [])("holds for $name", async ({ input }) => {
    await check.run(input);
  });

  test(`holds for ${iterations} inputs near them`, async () => {
    const { runs, finding } = await fuzz(check, { seed: 1, iterations, guide: unguided, corpus: inputsOf(name) });
    expect(finding).toBe(undefined);
    expect(runs).toBe(iterations + inputsOf(name).length);
  });

  const broken = mutants.filter(({ target }) => target === name);
  test("has something broken to find", () => {
    expect(broken.length).toBeGreaterThan(0);
  });

  test.each(broken)("finds it where $fault", async ({ broken }) => {
    const faulty = broken();
    const { finding } = await fuzz(faulty, { seed: 1, iterations: BOUND, guide: unguided, corpus: inputsOf(name) });
    await faulty.close();
    expect(finding).toBeDefined();
    // It is the broken one that fails, and not the property.
    if (finding !== undefined) await check.run(finding.input);
  });
});

test("the corpus is small enough to be checked in, and every target has some of it written by hand", () => {
  const entries = [...corpora.values()].flat();
  expect(entries.reduce((sum, { input }) => sum + input.length, 0)).toBeLessThan(300_000);
  for (const [name, own] of corpora) expect([name, own.some(({ found }) => !found)]).toEqual([name, true]);
});
