/** `npm run fuzz`: see README.md. */
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { findingsFolder, readInput, root, writeInput } from "./corpus.ts";
import { type Summary, supervise } from "./supervise.ts";
import { loadCheck, targetNames } from "./targets.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string" },
    replay: { type: "string" },
    keep: { type: "boolean", default: false },
  },
});

const chosen = positionals.length === 0 ? targetNames : positionals;
const unknown = chosen.filter((name) => !targetNames.includes(name));
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Date.now() >>> 0 : Number(values.seed);
const [only] = chosen;

if (unknown.length > 0) fail(`unknown target ${unknown.join(", ")}; known: ${targetNames.join(", ")}`);
else if (!(seconds > 0)) fail(`--seconds takes a number above 0, not "${values.seconds}"`);
else if (!Number.isSafeInteger(seed) || seed < 0) fail(`--seed takes a whole number, not "${values.seed}"`);
else if (values.replay === undefined) await fuzzAll();
else if (chosen.length === 1 && only !== undefined) await replay(only, values.replay);
else fail("--replay takes one target and a file: npm run fuzz -- path --replay FILE");

async function fuzzAll(): Promise<void> {
  console.log(`seed ${seed}, ${seconds} s a target`);
  for (const name of chosen) {
    const summary = await supervise(name, { seed, seconds, keep: values.keep });
    console.log(line(name, summary));
    if (summary.finding === undefined) continue;
    const file = writeInput(join(findingsFolder, name), summary.finding.input);
    console.log(`\n${summary.finding.error}\n\nAgain: npm run fuzz -- ${name} --replay ${relative(root, file)}\n`);
    process.exitCode = 1;
  }
}

/** In this thread, so that a debugger can stop where it fails. */
async function replay(name: string, file: string): Promise<void> {
  const { run, close } = await loadCheck(name);
  try {
    await run(readInput(join(root, file)));
  } finally {
    await close();
  }
  console.log(`${name}: ${file} holds`);
}

function line(name: string, { runs, seconds, pool, reach, heap, finding }: Summary): string {
  const all = reach.reduce((sum, each) => sum + each.all, 0);
  const reached = reach.reduce((sum, each) => sum + each.reached, 0);
  const megabytes = heap.map((bytes) => (bytes / 2 ** 20).toFixed(0)).join(" → ");
  return [
    name.padEnd(12),
    `${runs} runs`.padStart(14),
    `${Math.round(runs / seconds)}/s`.padStart(9),
    `${pool} inputs`.padStart(11),
    `${all === 0 ? "?" : ((100 * reached) / all).toFixed(1)} % reached`.padStart(15),
    `heap ${megabytes} MB`.padStart(16),
    finding === undefined ? "  holds" : "  FAILS",
  ].join("");
}

function fail(message: string): void {
  console.error(`fuzz: ${message}`);
  process.exitCode = 2;
}
