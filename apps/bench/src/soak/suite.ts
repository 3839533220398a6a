import type { Listening } from "../http/subject.ts";
import type { Options } from "../options.ts";
import { type Child, startChild } from "../process/child.ts";
import { cores } from "../process/cores.ts";
import { progress } from "../progress.ts";
import { rowOf, type Row } from "../row.ts";
import { slope } from "../statistics.ts";
import type { SoakQuestion, Vitals } from "./server.ts";
import type { TrafficAnswer, TrafficQuestion } from "./traffic.ts";

type Server = Child<Listening, SoakQuestion, Vitals>;
type Traffic = Child<null, TrafficQuestion, TrafficAnswer>;

/** Between two looks into the server's memory; the app is replaced so many times meanwhile. */
const SLICE_MS = 60_000;
const RELOADS = 12;
const PEAK_MS = 5000;
/** Connections that were closed in the middle are read from for a while, so that no reset overtakes an answer. */
const LINGER_MS = 2500;
/** Caches fill and code is compiled before the first look. */
const WARM_SLICES = 2;

/** Twenty minutes at half of what one core can do, with clients that leave, errors and reloads: what it leaves behind. */
export async function soak(options: Options): Promise<Row[]> {
  const slices = options.rounds ?? (options.quick ? 3 : 20);
  const slice = options.slice ?? (options.quick ? 3000 : SLICE_MS);
  const server: Server = await startChild(new URL("./server.ts", import.meta.url), {
    name: "the server",
    core: cores.server,
    execArgv: [...process.execArgv, "--expose-gc"],
  });
  const traffic: Traffic = await startChild(new URL("./traffic.ts", import.meta.url), {
    name: "the traffic",
    core: cores.client,
  });
  const { port } = server.ready;
  const rate = await halfLoad(server, traffic, options.quick ? 1000 : PEAK_MS);

  const looks: Vitals[] = [];
  const counts: TrafficAnswer[] = [];
  for (let i = 0; i < slices; i++) {
    progress(`minute ${i + 1} of ${slices}, ${Math.round(rate)} requests a second`);
    const sending = traffic.ask({ port, milliseconds: slice, rate });
    for (let reload = 0; reload < RELOADS; reload++) {
      await new Promise((resolve) => setTimeout(resolve, slice / RELOADS));
      await server.ask("reload");
    }
    counts.push(await sending);
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    looks.push(await server.ask("vitals"));
  }
  const wrong = counts.flatMap(({ reasons }) => reasons);
  if (wrong.length > 0) console.error(`soak: answers that were not as they should be:\n  ${wrong.join("\n  ")}`);
  return rowsFor(looks.slice(Math.min(WARM_SLICES, slices - 2)), counts, slice, rate);
}

/** The rate that keeps the server's core busy half of the time. */
async function halfLoad(server: Server, traffic: Traffic, milliseconds: number): Promise<number> {
  const { port } = server.ready;
  await traffic.ask({ port, milliseconds });
  const before = await server.ask("cpu");
  const { sent } = await traffic.ask({ port, milliseconds });
  const after = await server.ask("cpu");
  return (sent / (after.cpu - before.cpu)) * 1e6 * 0.5;
}

function rowsFor(looks: readonly Vitals[], counts: readonly TrafficAnswer[], slice: number, rate: number): Row[] {
  const total = (pick: (count: TrafficAnswer) => number): number => counts.reduce((sum, each) => sum + pick(each), 0);
  const name = `${counts.length} × ${slice / 1000} s at ${Math.round(rate)} requests a second`;
  const of = (metric: string, values: readonly number[]): Row =>
    rowOf({ suite: "soak", case: name, metric }, "openspeed", values, []);
  const heap = looks.map((look) => look.heap / 1024);
  return [
    of("KiB of heap after collecting garbage", heap),
    of("KiB of heap more a minute (slope)", [(slope(heap) / slice) * 60_000]),
    of(
      "MiB of resident memory",
      looks.map((look) => look.rss / 1024 / 1024),
    ),
    of(
      "handles",
      looks.map((look) => look.handles),
    ),
    of(
      "descriptors",
      looks.map((look) => look.descriptors),
    ),
    of(
      "apps alive",
      looks.map((look) => look.apps),
    ),
    of("requests", [total(({ sent }) => sent)]),
    of("errors told to onError", [looks.at(-1)?.errors ?? 0]),
    of("requests refused for want of time", [total(({ refused }) => refused)]),
    of("wrong answers", [total(({ wrong }) => wrong)]),
  ];
}
