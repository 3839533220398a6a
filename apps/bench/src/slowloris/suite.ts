import type { Listening } from "../http/subject.ts";
import type { Options } from "../options.ts";
import type { LoadAnswer, LoadQuestion } from "../overload/load.ts";
import { type Child, startChild } from "../process/child.ts";
import { cores } from "../process/cores.ts";
import { progress } from "../progress.ts";
import { type Row, rowsOf } from "../row.ts";
import type { AttackAnswer, AttackQuestion } from "./attack.ts";
import type { MemoryQuestion } from "./subject.ts";

const subjects = ["bare", "openspeed"] as const;
const reference = "bare";
/** Requests a second of those who mean well, and for how long. */
const RATE = 200;
const PATIENCE_MS = 2000;
/** Bare Node closes after 60 s, and looks every 30 s. */
const LONGEST_MS = 110_000;

/** Half-open connections: what they cost, whom they harm, how long they stay. */
export async function slowloris(options: Options): Promise<Row[]> {
  const connections = options.quick ? 2000 : 15_000;
  const slice = options.slice ?? (options.quick ? 2000 : 5000);
  const rounds = options.rounds ?? 1;
  const samples = new Map<string, Map<string, number[]>>();
  for (let round = 0; round < rounds; round++) {
    for (const name of subjects.filter((each) => options.subjects?.includes(each) ?? true)) {
      for (const [metric, value] of await measure(name, connections, slice)) {
        const bySubject = samples.get(metric) ?? new Map<string, number[]>();
        samples.set(metric, bySubject.set(name, [...(bySubject.get(name) ?? []), value]));
      }
    }
  }
  return [...samples].flatMap(([metric, bySubject]) =>
    rowsOf({ suite: "slowloris", case: `${connections} half-open connections`, metric }, bySubject, reference),
  );
}

async function measure(name: string, connections: number, slice: number): Promise<[string, number][]> {
  const server: Child<Listening, MemoryQuestion, number> = await startChild(
    new URL(`./subjects/${name}.ts`, import.meta.url),
    { name, execArgv: [...process.execArgv, "--expose-gc"], core: cores.server },
  );
  const load: Child<null, LoadQuestion, LoadAnswer> = await startChild(
    new URL("../overload/load.ts", import.meta.url),
    { name: "the load", core: cores.client },
  );
  const attack: Child<null, AttackQuestion, AttackAnswer> = await startChild(new URL("./attack.ts", import.meta.url), {
    name: "the attack",
    core: cores.client,
  });
  const { port } = server.ready;
  const well = async (): Promise<number> => {
    const rates = { "/": RATE };
    const { "/": tally } = await load.ask({ do: "open", port, milliseconds: slice, rates, patience: PATIENCE_MS });
    return tally?.servedP99 ?? Number.NaN;
  };
  progress(`${name}: idle`);
  // A server in use has its code compiled and its heap's young generation grown; that is no connection's cost.
  await load.ask({ do: "closed", port, milliseconds: 3000, path: "/" });
  const idle = await well();
  const before = await server.ask("rss");
  progress(`${name}: ${connections} connections`);
  const { open } = await attack.ask({ do: "open", port, connections });
  const after = await server.ask("rss");
  const attacked = await well();
  progress(`${name}: until they are closed`);
  const { open: left, oldest } = await attack.ask({ do: "wait", milliseconds: LONGEST_MS });
  for (const child of [attack, load, server]) await child.stop();
  return [
    ["% of the connections that were open at once", (open / connections) * 100],
    ["KB a connection", (after - before) / open / 1000],
    ["p99 ms, idle", idle],
    ["p99 ms, under attack", attacked],
    ["s until the last was closed", left === 0 ? oldest / 1000 : Number.POSITIVE_INFINITY],
  ];
}
