import type { Options } from "../options.ts";
import { startChild, type Child } from "../process/child.ts";
import { cores } from "../process/cores.ts";
import { progress } from "../progress.ts";
import { rowOf, rowsOf, type Row } from "../row.ts";
import { median } from "../statistics.ts";
import { turns } from "../turns.ts";
import type { Build } from "./build.ts";
import type { LookupAnswer, LookupQuestion, Lookups } from "./lookup.ts";
import { subjects } from "./subjects.ts";
import { SAMPLE, sizes, tables } from "./tables.ts";

/** Samples of each subject in the order of the rounds. */
type Samples = Map<string, number[]>;

const smallest = `synthetic-${sizes[0]}`;

const metrics: Readonly<Record<Lookups, string>> = {
  fresh: "ns/lookup, fresh strings",
  constant: "ns/lookup, constant strings",
  sample: `ns/lookup, the same ${SAMPLE} routes`,
};

/** Lookup time, start-up and memory of routers alone. */
export async function router(options: Options): Promise<Row[]> {
  const chosen = subjects.filter((name) => options.subjects?.includes(name) ?? true);
  const asked = tables.filter((name) => options.cases?.includes(name) ?? true);
  return [...(await lookups(chosen, asked, options)), ...(await builds(chosen, asked, options))];
}

async function lookups(names: readonly string[], asked: readonly string[], options: Options): Promise<Row[]> {
  const rounds = options.rounds ?? (options.quick ? 3 : 15);
  const milliseconds = options.slice ?? (options.quick ? 20 : 60);
  const children = await Promise.all(
    names.map((name) =>
      startChild<null, LookupQuestion, LookupAnswer>(new URL("./lookup.ts", import.meta.url), {
        name,
        args: [name],
        core: cores.server,
      }),
    ),
  );
  for (const table of asked) for (const child of children) await child.ask({ do: "build", table });

  const works = asked.flatMap((table) => kinds(table).map((kind) => ({ table, kind, samples: emptySamples(names) })));
  // The first round warms up and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    progress(round === 0 ? "warming up" : `lookups, round ${round} of ${rounds}`);
    for (const { table, kind, samples } of works) {
      for (const child of turns(children, round)) {
        const time = await child.ask({ do: "measure", table, lookups: kind, milliseconds });
        if (round > 0) samples.get(child.name)?.push(time);
      }
    }
  }
  await Promise.all(children.map((child) => child.stop()));

  const base = works.find(({ table, kind }) => table === smallest && kind === "sample")?.samples;
  return works.flatMap(({ table, kind, samples }) => [
    ...rowsOf({ suite: "router", case: table, metric: metrics[kind] }, samples, fastest(samples)),
    ...(kind === "sample" && base !== undefined && table !== smallest ? growth(table, samples, base) : []),
  ]);
}

function kinds(table: string): readonly Lookups[] {
  return table === "github" ? ["fresh", "constant"] : ["fresh", "constant", "sample"];
}

/** How many times the smallest table's time the same lookups take in a larger one. */
function growth(table: string, samples: Samples, base: Samples): Row[] {
  return [...samples].map(([subject, times]) => {
    const before = base.get(subject) ?? [];
    const ratios = times.map((time, round) => time / (before[round] ?? Number.NaN));
    return rowOf({ suite: "router", case: table, metric: `× the time in ${smallest}` }, subject, ratios, []);
  });
}

async function builds(names: readonly string[], asked: readonly string[], options: Options): Promise<Row[]> {
  const rounds = options.quick ? 2 : 7;
  const rows: Row[] = [];
  for (const table of asked) {
    const times = emptySamples(names);
    const heaps = emptySamples(names);
    for (let round = 0; round < rounds; round++) {
      progress(`building ${table}, round ${round + 1} of ${rounds}`);
      for (const name of turns(names, round)) {
        const { milliseconds, kibibytes } = await build(name, table);
        times.get(name)?.push(milliseconds);
        heaps.get(name)?.push(kibibytes);
      }
    }
    rows.push(
      ...rowsOf({ suite: "router", case: table, metric: "ms to build, with the first lookup" }, times, fastest(times)),
    );
    rows.push(...rowsOf({ suite: "router", case: table, metric: "KiB of heap" }, heaps, fastest(heaps)));
  }
  return rows;
}

async function build(name: string, table: string): Promise<Build> {
  const child: Child<Build, never, null> = await startChild(new URL("./build.ts", import.meta.url), {
    name,
    args: [name, table],
    execArgv: [...process.execArgv, "--expose-gc"],
    core: cores.server,
  });
  await child.stop();
  return child.ready;
}

function emptySamples(names: readonly string[]): Samples {
  return new Map(names.map((name) => [name, []]));
}

/** The subject with the least median: the one whose ratio is 1. */
function fastest(samples: Samples): string {
  const [best = ""] = [...samples].toSorted(([, a], [, b]) => median(a) - median(b))[0] ?? [];
  return best;
}
