import type { Listening, SubjectQuestion } from "../http/subject.ts";
import type { Options } from "../options.ts";
import { type Child, startChild } from "../process/child.ts";
import { cores } from "../process/cores.ts";
import { progress } from "../progress.ts";
import { type Row, rowsOf } from "../row.ts";
import { turns } from "../turns.ts";
import type { LoadAnswer, LoadQuestion, Tally } from "./load.ts";
import { type Kind, kinds, PATHS } from "./work.ts";

const subjects = [
  { name: "bare", file: "bare", args: [] },
  { name: "openspeed, off", file: "openspeed", args: ["off"] },
  { name: "openspeed", file: "openspeed", args: [] },
] as const;
type Subject = (typeof subjects)[number];
const reference = "bare";

/** What is sent, in parts of what the server can do. */
const LOADS = [1, 3] as const;
/** Of the load, by what it is worth. */
const SHARES = { critical: 0.1, normal: 0.6, low: 0.3 } as const;
const PROBES_PER_SECOND = 10;
/** How long it is measured what can be done at most. */
const CALM_MS = 3000;
/** A second is what a user waits, and what most clients are told to. */
const PATIENCE_MS = 1000;

/** What is answered in time when as much is asked as can be done, and when it is three times that. */
export async function overload(options: Options): Promise<Row[]> {
  const rounds = options.rounds ?? (options.quick ? 1 : 3);
  const slice = options.slice ?? (options.quick ? 3000 : 8000);
  const load: Load = await startChild(new URL("./load.ts", import.meta.url), {
    name: "the load",
    core: cores.client,
  });
  const chosen = subjects.filter(({ name }) => name === reference || (options.subjects?.includes(name) ?? true));
  const rows: Row[] = [];
  for (const kind of kinds.filter((name) => options.cases?.includes(name) ?? true)) {
    const samples = new Map<string, Map<string, number[]>>();
    for (let round = 0; round < rounds; round++) {
      for (const subject of turns(chosen, round)) {
        progress(`${kind}, round ${round + 1} of ${rounds}: ${subject.name}`);
        for (const [metric, value] of await measure(load, subject, kind, slice)) {
          const bySubject = samples.get(metric) ?? new Map<string, number[]>();
          samples.set(metric, bySubject.set(subject.name, [...(bySubject.get(subject.name) ?? []), value]));
        }
      }
    }
    for (const [metric, bySubject] of samples)
      rows.push(...rowsOf({ suite: "overload", case: kind, metric }, bySubject, reference));
  }
  await load.stop();
  return rows;
}

type Load = Child<null, LoadQuestion, LoadAnswer>;
type Server = Child<Listening, SubjectQuestion, number>;

/** What a load was answered with, and how long that took of what there is not enough of: the CPU's time, or the pool's. */
interface Answered {
  readonly tallies: LoadAnswer;
  readonly seconds: number;
}

/** In a new process, so that nobody works off what the subject before left behind. */
async function measure(
  load: Load,
  { name, file, args }: Subject,
  kind: Kind,
  slice: number,
): Promise<[metric: string, value: number][]> {
  const server: Server = await startChild(new URL(`./subjects/${file}.ts`, import.meta.url), {
    name,
    args: [kind, ...args],
    core: cores.server,
  });
  const { port } = server.ready;
  const path = PATHS.normal;
  await load.ask({ do: "closed", port, milliseconds: 2000, path }); // warms it up
  const calm = await answered(load, server, kind, { do: "closed", port, milliseconds: CALM_MS, path });
  const served = calm.tallies[path]?.served ?? 0;
  const peak = served / calm.seconds;
  const figures: [string, number][] = [["peak: answers/s", peak]];
  for (const times of LOADS) {
    const rates: Record<string, number> = { [PATHS.health]: PROBES_PER_SECOND };
    for (const [rank, share] of Object.entries(SHARES))
      rates[PATHS[rank as keyof typeof SHARES]] = (served / CALM_MS) * 1000 * times * share;
    // Not of the first second, in which the load is noticed.
    await load.ask({ do: "open", port, milliseconds: 1000, rates, patience: 0 });
    const { tallies, seconds } = await answered(load, server, kind, {
      do: "open",
      port,
      milliseconds: slice,
      rates,
      patience: PATIENCE_MS,
    });
    figures.push(...figuresOf(tallies, `${times} ×`, seconds, peak));
  }
  await server.stop();
  return figures;
}

async function answered(load: Load, server: Server, kind: Kind, question: LoadQuestion): Promise<Answered> {
  const before = await server.ask("cpu");
  const tallies = await load.ask(question);
  const used = (await server.ask("cpu")) - before;
  // A busy neighbour takes CPU time away, and with it answers; so they are counted by the time that there was.
  return { tallies, seconds: kind === "cpu" ? used / 1e6 : question.milliseconds / 1000 };
}

function figuresOf(tallies: LoadAnswer, when: string, seconds: number, peak: number): [string, number][] {
  const { [PATHS.health]: health, ...work } = tallies;
  const all = Object.values(work);
  const sum = (of: (tally: Tally) => number): number => all.reduce((total, tally) => total + of(tally), 0);
  const share = (path: string): number => ((work[path]?.served ?? 0) / (work[path]?.sent ?? 0)) * 100;
  const worst = (of: (tally: Tally) => number): number =>
    Math.max(...all.map(of).filter((value) => !Number.isNaN(value)));
  const refused = sum((tally) => tally.refused);
  return [
    [`${when}: % of the peak answered within 1 s`, (sum((tally) => tally.served) / seconds / peak) * 100],
    [`${when}: ms to an answer, p99`, worst((tally) => tally.servedP99)],
    ...(refused > 0 ? [[`${when}: ms to a 503, p99`, worst((tally) => tally.refusedP99)] as [string, number]] : []),
    ...(refused > 0
      ? [[`${when}: 503 without Retry-After`, sum((tally) => tally.lacksRetryAfter)] as [string, number]]
      : []),
    [`${when}: % of health probes answered within 1 s`, ((health?.served ?? 0) / (health?.sent ?? 0)) * 100],
    [`${when}: % of critical served`, share(PATHS.critical)],
    [`${when}: % of normal served`, share(PATHS.normal)],
    [`${when}: % of low served`, share(PATHS.low)],
  ];
}
