import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { Options } from "../options.ts";
import type { Listening } from "../http/subject.ts";
import { reference, subjects } from "../http/subjects.ts";
import { startChild } from "../process/child.ts";
import { cores } from "../process/cores.ts";
import { progress } from "../progress.ts";
import { rowsOf, type Row } from "../row.ts";
import { turns } from "../turns.ts";
import { buildPackages } from "./build.ts";
import { bytesOf, type Bytes } from "./bytes.ts";
import { FIRST, ROUTES } from "./work.ts";

/** Whose smallest app is one `fetch` function; the others need Node. */
const webStandard: ReadonlySet<string> = new Set(["openspeed", "hono", "h3", "elysia"]);

/** From the spawn of a process to its first answer, and the bytes of the smallest app. */
export async function start(options: Options): Promise<Row[]> {
  const chosen = subjects.filter((name) => name === reference || (options.subjects?.includes(name) ?? true));
  return [
    ...(await firstAnswers(chosen, options)),
    ...(await smallestApps(chosen.filter((name) => name !== reference))),
  ];
}

async function firstAnswers(names: readonly string[], options: Options): Promise<Row[]> {
  const rounds = options.rounds ?? (options.quick ? 3 : 15);
  if (names.includes("openspeed")) {
    progress("building OpenSpeed");
    await buildPackages();
  }
  const samples = new Map(names.map((name) => [name, Array<number>()]));
  // The first round fills the disk's cache and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    progress(round === 0 ? "starting everyone once" : `starts, round ${round} of ${rounds}`);
    for (const name of turns(names, round)) {
      const time = await firstAnswer(name);
      if (round > 0) samples.get(name)?.push(time);
    }
  }
  return rowsOf({ suite: "start", case: `${ROUTES} routes`, metric: "ms to the first answer" }, samples, reference);
}

async function firstAnswer(name: string): Promise<number> {
  const file = new URL(`./subjects/${name}.ts`, import.meta.url);
  const begun = performance.now();
  // No flags: what runs is what is published.
  const child = await startChild<Listening, never, never>(file, { name, execArgv: [], core: cores.server });
  const body = await get(child.ready.port, FIRST.path);
  const time = performance.now() - begun;
  await child.stop();
  if (body !== FIRST.body) throw new Error(`${name} answers ${FIRST.path} with ${body}, not ${FIRST.body}`);
  return time;
}

function get(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      text(response).then(resolve, reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function smallestApps(names: readonly string[]): Promise<Row[]> {
  const sizes = new Map<string, Bytes>();
  for (const name of names) {
    progress(`bundling ${name}`);
    sizes.set(name, await bytesOf(name, webStandard.has(name) ? "neutral" : "node"));
  }
  return (["gzipped", "minified"] as const).flatMap((kind) => {
    const metric = kind === "gzipped" ? "bytes, minified and gzipped" : "bytes, minified";
    return rowsOf(
      { suite: "start", case: "smallest app", metric },
      new Map([...sizes].map(([name, size]) => [name, [size[kind]]])),
      "openspeed",
    );
  });
}
