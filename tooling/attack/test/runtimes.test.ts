/** The same subjects and cases on the other runtimes, in processes of their own. */
import { expect, test } from "vitest";
import { openThere } from "../src/arena.ts";
import { attack } from "../src/attack.ts";
import { CLASSES } from "../src/case.ts";
import { casesOf } from "../src/generate/cases.ts";
import { reportOf } from "../src/report.ts";
import { runtimes, startSubjects } from "../src/runtimes.ts";
import { subjects } from "../src/subjects/index.ts";

const required = new Set((process.env["OPENSPEED_REQUIRE"] ?? "").split(/[\s,]+/));
const SEED = 2;

test.each(runtimes.filter(({ name }) => name !== "node"))("on $name", { timeout: 300_000 }, async (runtime) => {
  if (runtime.program === undefined && !required.has(runtime.name)) {
    console.log(`${runtime.name}: skipped. It has no binary here.`);
    return;
  }
  const cases = casesOf(CLASSES, SEED, 5200, subjects);
  const running = await startSubjects(runtime);
  try {
    const arena = await openThere(running.url);
    const result = await attack(arena, cases, subjects);
    await arena.close();
    console.log(reportOf(arena.name, SEED, result));
    expect(result.tallies.reduce((sum, { attacks }) => sum + attacks, 0)).toBeGreaterThanOrEqual(5000);
    expect(
      result.findings.map(
        ({ kind, text, attacked }) => `${kind}: ${text}, --class ${attacked?.class} --only ${attacked?.number}`,
      ),
    ).toEqual([]);
  } finally {
    await running.stop();
  }
});
