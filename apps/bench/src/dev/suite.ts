import { setTimeout as pause } from "node:timers/promises";
import type { Options } from "../options.ts";
import { progress } from "../progress.ts";
import { rowOf, rowsOf, type Row } from "../row.ts";
import { quantile } from "../statistics.ts";
import { turns } from "../turns.ts";
import { subjects } from "./projects.ts";
import { type DevServer, startServer } from "./server.ts";
import { soak } from "./soak.ts";

const reference = "nitro";
/** A watcher that has just told of a change may need a moment until it tells of the next. */
const CALM_MS = 150;

/** From a save to the first new answer, of development servers side by side. */
export async function dev(options: Options): Promise<Row[]> {
  const chosen = subjects.filter((name) => options.subjects?.includes(name) ?? true);
  if (options.soak)
    return soak(
      chosen.filter((name) => name !== reference),
      options,
    );
  const rounds = options.rounds ?? (options.quick ? 5 : 30);
  const servers: DevServer[] = [];
  try {
    for (const name of chosen) servers.push(await startServer(name));
    const samples = new Map<string, number[]>(chosen.map((name) => [name, []]));
    // The first three rounds warm up and are thrown away.
    for (let round = -3; round < rounds; round++) {
      progress(`saves, round ${Math.max(0, round + 1)} of ${rounds}`);
      for (const server of turns(servers, round + 3)) {
        const time = await server.reload(`v${round + 4}`);
        if (round >= 0) samples.get(server.subject)?.push(time);
        await pause(CALM_MS);
      }
    }
    const figure = { suite: "dev", case: "a saved route", metric: "ms to the new answer" };
    const late = { ...figure, metric: "ms to the new answer, p95" };
    return [
      ...rowsOf(figure, samples, reference),
      ...[...samples].map(([subject, times]) => rowOf(late, subject, [quantile(times, 0.95)], [])),
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
