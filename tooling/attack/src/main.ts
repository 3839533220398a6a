/** `npm run attack`: sends generated attacks to every subject, and ends with 1 if one of them found something. */
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { openHere, openThere } from "./arena.ts";
import { attack, type Result } from "./attack.ts";
import { casesOf, caseOf } from "./generate/cases.ts";
import { type Options, optionsOf } from "./options.ts";
import { type Paths, readPaths } from "./read-paths.ts";
import { pathsLine, reportOf } from "./report.ts";
import { type Runtime, runtimes, startSubjects } from "./runtimes.ts";
import { subjects } from "./subjects/index.ts";

const options = optionsOf(process.argv.slice(2));
if (options.serve) await serveSubjects(options);
else await attackSubjects(options);

async function serveSubjects({ runtime = "node" }: Options): Promise<void> {
  const running = await startSubjects(runtimeNamed(runtime));
  console.log(`npm run attack -- --url ${running.url}`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await running.stop();
}

async function attackSubjects({ runtime, url, json, seed, paths: count }: Options): Promise<void> {
  const running = runtime === undefined ? undefined : await startSubjects(runtimeNamed(runtime));
  const there = url ?? running?.url;
  const arena = await (there === undefined ? openHere(subjects) : openThere(there));
  const result = await attack(arena, cases(), subjects);
  await arena.close();
  await running?.stop();
  console.log(reportOf(arena.name, seed, result));
  const paths = count === 0 ? undefined : await readPaths(subjects, seed, count);
  if (paths !== undefined) console.log(pathsLine(paths));
  if (json !== undefined)
    await writeFile(json, `${JSON.stringify({ arena: arena.name, seed, ...result, paths }, undefined, 2)}\n`);
  process.exitCode = hasFindings(result, paths) ? 1 : 0;
}

function cases(): ReturnType<typeof casesOf> {
  const { classes, seed, count, only } = options;
  const [first] = classes;
  return only === undefined || first === undefined
    ? casesOf(classes, seed, count, subjects)
    : [caseOf(first, seed, only, subjects)];
}

function hasFindings({ findings }: Result, paths: Paths | undefined): boolean {
  return findings.length > 0 || (paths !== undefined && paths.differences.length > 0);
}

function runtimeNamed(name: string): Runtime {
  const found = runtimes.find((runtime) => runtime.name === name);
  if (found !== undefined) return found;
  throw new TypeError(`There is no runtime "${name}"; known: ${runtimes.map((each) => each.name).join(", ")}.`);
}
