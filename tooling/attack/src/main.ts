/** `npm run attack`: sends generated attacks to every subject, and ends with 1 if one of them found something. */
import { writeFile } from "node:fs/promises";
import { type Arena, openHere, openThere } from "./arena.ts";
import { attack, type Result } from "./attack.ts";
import { casesOf, caseOf } from "./generate/cases.ts";
import { type Options, optionsOf } from "./options.ts";
import { reportOf } from "./report.ts";
import { type Runtime, runtimes, startSubjects } from "./runtimes.ts";
import { subjects } from "./subjects/index.ts";

const options = optionsOf(process.argv.slice(2));
const running = options.runtime === undefined ? undefined : await startSubjects(runtimeNamed(options.runtime));
const url = options.url ?? running?.url;
const arena = await (url === undefined ? openHere(subjects) : openThere(url));
const result = await run(arena, options);
await arena.close();
await running?.stop();
console.log(reportOf(arena.name, options.seed, result));
if (options.json !== undefined) await writeFile(options.json, JSON.stringify(result, undefined, 2));
process.exitCode = result.findings.length > 0 ? 1 : 0;

function runtimeNamed(name: string): Runtime {
  const found = runtimes.find((runtime) => runtime.name === name);
  if (found !== undefined) return found;
  throw new TypeError(`There is no runtime "${name}"; known: ${runtimes.map((each) => each.name).join(", ")}.`);
}

function run(arena: Arena, { classes, seed, count, only }: Options): Promise<Result> {
  const [first] = classes;
  const cases =
    only === undefined || first === undefined
      ? casesOf(classes, seed, count, subjects)
      : [caseOf(first, seed, only, subjects)];
  return attack(arena, cases, subjects);
}
