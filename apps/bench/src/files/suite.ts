import { rm } from "node:fs/promises";
import type { Options } from "../options.ts";
import { startChild } from "../process/child.ts";
import { cores } from "../process/cores.ts";
import { progress } from "../progress.ts";
import { rowOf, type Row } from "../row.ts";
import { quantile } from "../statistics.ts";
import { CHANGES, FILES, writeProject } from "./tree.ts";
import type { Question, Times } from "./work.ts";

/** What a folder of 10,000 route files costs: the first scan of a process, the first write, and each change after that. */
export async function files(options: Options): Promise<Row[]> {
  const rounds = options.rounds ?? (options.quick ? 2 : 11);
  const changes = options.quick ? 20 : 100;
  progress(`writing ${FILES} route files`);
  const root = await writeProject();
  try {
    const times: Times[] = [];
    // The first round fills the disk's cache and is thrown away.
    for (let round = 0; round <= rounds; round++) {
      progress(round === 0 ? "reading them once" : `files, round ${round} of ${rounds}`);
      const measured = await measure({ root, changes });
      if (round > 0) times.push(measured);
    }
    return rowsOfTimes(times);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function measure(question: Question): Promise<Times> {
  const file = new URL("./work.ts", import.meta.url);
  const child = await startChild<null, Question, Times>(file, { name: "router-fs", core: cores.server });
  const times = await child.ask(question);
  await child.stop();
  return times;
}

function rowsOfTimes(times: readonly Times[]): Row[] {
  const row = (metric: string, values: readonly number[]): Row =>
    rowOf({ suite: "files", case: `${FILES} route files`, metric }, "openspeed", values, []);
  return [
    row(
      "ms to scan",
      times.map(({ scan }) => scan),
    ),
    row(
      "ms to write what is generated, the first time",
      times.map(({ write }) => write),
    ),
    ...CHANGES.flatMap((change) => [
      row(
        `ms to re-scan after ${change}, p50`,
        times.map(({ rescans }) => quantile(rescans[change], 0.5)),
      ),
      row(
        `ms to re-scan after ${change}, p95`,
        times.map(({ rescans }) => quantile(rescans[change], 0.95)),
      ),
    ]),
  ];
}
