import type { Options } from "../options.ts";
import { progress } from "../progress.ts";
import { rowOf, type Row } from "../row.ts";
import { quantile } from "../statistics.ts";
import type { Subject } from "./projects.ts";
import { startServer, type Vitals } from "./server.ts";

const RELOADS = 1000;
/** Caches fill and code is compiled before the first look. */
const WARM = 100;

/** Many reloads in a row: what they leave in memory, and how many handles. */
export async function soak(chosen: readonly Subject[], options: Options): Promise<Row[]> {
  const reloads = options.rounds ?? (options.quick ? 100 : RELOADS);
  const rows: Row[] = [];
  for (const subject of chosen) {
    const server = await startServer(subject);
    try {
      for (let i = 1; i <= WARM; i++) await server.reload(`warm ${i}`);
      const before = await server.vitals();
      const times: number[] = [];
      for (let i = 1; i <= reloads; i++) {
        progress(`${subject}: reload ${i} of ${reloads}`);
        times.push(await server.reload(`v${i}`));
      }
      const after = await server.vitals();
      rows.push(...rowsFor(subject, reloads, before, after, times));
    } finally {
      await server.stop();
    }
  }
  return rows;
}

function rowsFor(subject: string, reloads: number, before: Vitals, after: Vitals, times: readonly number[]): Row[] {
  const of = (metric: string, value: number): Row =>
    rowOf({ suite: "dev", case: `${reloads} reloads in a row`, metric }, subject, [value], []);
  return [
    of("KiB of heap more, after collecting garbage", (after.heap - before.heap) / 1024),
    of("MiB of resident memory more", (after.rss - before.rss) / 1024 / 1024),
    of("handles more", after.handles - before.handles),
    of("ms to the new answer, p95", quantile(times, 0.95)),
  ];
}
