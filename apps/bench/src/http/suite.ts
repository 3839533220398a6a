import type { Options } from "../options.ts";
import { startChild, type Child } from "../process/child.ts";
import { cores } from "../process/cores.ts";
import { progress } from "../progress.ts";
import { rowsOf, type Row } from "../row.ts";
import { turns } from "../turns.ts";
import { cases, type Case } from "./cases.ts";
import type { LoadAnswer, LoadQuestion } from "./load.ts";
import { differences } from "./parity.ts";
import type { Listening, SubjectQuestion } from "./subject.ts";
import { reference, subjectFile, subjects } from "./subjects.ts";

type Subject = Child<Listening, SubjectQuestion, number>;
type Load = Child<null, LoadQuestion, LoadAnswer>;

/** What is measured, of whom. */
export interface Race {
  readonly suite: string;
  readonly cases: readonly Case[];
  readonly subjects: readonly string[];
  readonly reference: string;
  readonly subjectFile: (name: string) => URL;
}

/** Frameworks, doing what apps do. */
export function http(options: Options): Promise<Row[]> {
  return race({ suite: "http", cases, subjects, reference, subjectFile }, options);
}

/** CPU time per request of every subject's server process, all servers up side by side, in slices in turn. */
export async function race(race: Race, options: Options): Promise<Row[]> {
  const { suite, reference } = race;
  const rounds = options.rounds ?? (options.quick ? 3 : 13);
  const slice = options.slice ?? (options.quick ? 200 : 1000);
  const chosen = race.cases.filter(({ name }) => options.cases?.includes(name) ?? true);
  const running = await startSubjects(
    race,
    race.subjects.filter((name) => name === reference || (options.subjects?.includes(name) ?? true)),
  );
  const load: Load = await startChild(new URL("./load.ts", import.meta.url), { name: "the load", core: cores.client });

  progress("comparing every subject's answers");
  const wrong = await differences(
    running.map(({ name, ready }) => ({ name, port: ready.port })),
    chosen,
  );
  if (wrong.length > 0) throw new Error(`The subjects do not do the same work:\n  ${wrong.join("\n  ")}`);

  // All cases first, because a server that has only ever seen one kind of request is faster than any in use.
  for (const work of chosen) {
    progress(`warming up ${work.name}`);
    for (const subject of running) await measure(load, subject, work, slice);
  }

  const rows: Row[] = [];
  for (const work of chosen) {
    const samples = new Map(running.map(({ name }) => [name, Array<number>()]));
    for (let round = 0; round < rounds; round++) {
      progress(`${work.name}, round ${round + 1} of ${rounds}`);
      for (const subject of turns(running, round)) {
        samples.get(subject.name)?.push(await measure(load, subject, work, slice));
      }
    }
    rows.push(...rowsOf({ suite, case: work.name, metric: "CPU µs/request" }, samples, reference));
  }
  return rows;
}

function startSubjects({ subjectFile }: Race, names: readonly string[]): Promise<Subject[]> {
  return Promise.all(
    names.map((name) =>
      startChild<Listening, SubjectQuestion, number>(subjectFile(name), { name, core: cores.server }),
    ),
  );
}

/** One slice: CPU µs per request. Nothing is under way when the CPU time is read, so every request counts whole. */
async function measure(load: Load, subject: Subject, work: Case, slice: number): Promise<number> {
  try {
    await load.ask({ do: "open", port: subject.ready.port, case: work.name });
    // The caches still hold the other servers.
    await load.ask({ do: "run", milliseconds: slice / 10 });
    const before = await subject.ask("cpu");
    const answered = await load.ask({ do: "run", milliseconds: slice });
    const after = await subject.ask("cpu");
    await load.ask({ do: "close" });
    return (after - before) / answered;
  } catch (error) {
    throw new Error(`${subject.name} failed in ${work.name}`, { cause: error });
  }
}
