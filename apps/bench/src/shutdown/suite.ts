import { load } from "../../../../packages/adapter-node/test/load.ts";
import type { Listening, SubjectQuestion } from "../http/subject.ts";
import type { Options } from "../options.ts";
import { startChild } from "../process/child.ts";
import { progress } from "../progress.ts";
import { rowsOf, type Row } from "../row.ts";

const reference = "bare";
const subjects = [reference, "openspeed"] as const;
const BUSY = 64;
const CALM = 200;
const PAUSE_MS = 100;

interface Run {
  readonly answered: number;
  readonly failed: number;
  /** Milliseconds from the signal to the end of the process. */
  readonly took: number;
}

/** Servers that are told to end under keep-alive load: how many requests fail. */
export async function shutdown(options: Options): Promise<Row[]> {
  const rounds = options.rounds ?? (options.quick ? 2 : 10);
  const runs = new Map(subjects.map((name) => [name, Array<Run>()]));
  for (let round = 0; round < rounds; round++) {
    for (const name of subjects) {
      progress(`${name}: run ${round + 1} of ${rounds}`);
      runs.get(name)?.push(await stopOnce(name, options.quick ? 1000 : 10_000));
    }
  }
  const figures: readonly (readonly [metric: string, pick: (run: Run) => number])[] = [
    ["requests answered", (run) => run.answered],
    ["requests failed", (run) => run.failed],
    ["ms from SIGTERM to the end", (run) => run.took],
  ];
  return figures.flatMap(([metric, pick]) => {
    const samples = new Map([...runs].map(([name, list]) => [name, list.map(pick)]));
    return rowsOf({ suite: "shutdown", case: `${rounds} runs, ${BUSY + CALM} clients`, metric }, samples, reference);
  });
}

async function stopOnce(name: string, after: number): Promise<Run> {
  const server = await startChild<Listening, SubjectQuestion, number>(
    new URL(`./subjects/${name}.ts`, import.meta.url),
    { name },
  );
  const { port } = server.ready;
  const busy = load({ port, connections: BUSY });
  const calm = load({ port, connections: CALM, pause: () => Math.random() * PAUSE_MS });
  await busy.reached(after);
  const begun = performance.now();
  const code = await server.terminate();
  const took = performance.now() - begun;
  await Promise.all([busy.done, calm.done]);
  if (code !== 0) throw new Error(`${name} ended with ${code ?? "a signal"} instead of 0`);
  return {
    answered: busy.answered + calm.answered,
    failed: busy.failed.length + calm.failed.length,
    took,
  };
}
