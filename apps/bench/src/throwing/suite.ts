import type { Listening, SubjectQuestion } from "../http/subject.ts";
import type { Options } from "../options.ts";
import { startChild } from "../process/child.ts";
import { progress } from "../progress.ts";
import { rowOf, type Row } from "../row.ts";
import type { Told } from "./subjects/openspeed.ts";
import { isCut, isFine, places, SECRET, things } from "./throws.ts";

const AT_ONCE = 32;
/** What a stack trace, a path or one of our messages looks like. */
const INSIDE = new RegExp(`${SECRET}|\\bat .+:\\d+:\\d+|\\.[cm]?[jt]s\\b|Error:|file:|node:`);

/** What clients saw of handlers that throw. */
interface Seen {
  answered: number;
  cut: number;
  /** Answers that are not what they should be: the first few, in words. */
  readonly wrong: string[];
  leaks: number;
  readonly ids: Set<string>;
}

/** Thousands of requests to code that throws: what gets out, what is told, and whether the process is still there. */
export async function throwing(options: Options): Promise<Row[]> {
  const count = options.quick ? 1000 : 10_000;
  const bare = await untilItDies();
  const file = new URL("./subjects/openspeed.ts", import.meta.url);
  const server = await startChild<Listening & { pid: number }, "told", Told>(file, { name: "openspeed" });
  const { pid } = await server.ask("told");
  const seen = await throwAll(server.ready.port, count);
  const told = await server.ask("told");
  await server.stop();
  if (seen.wrong.length > 0) throw new Error(`Not as they should be:\n${seen.wrong.join("\n")}`);
  const known = new Set(told.ids);
  const row = (metric: string, value: number, subject = "openspeed"): Row =>
    rowOf({ suite: "throwing", case: `${count} handlers throwing`, metric }, subject, [value], []);
  return [
    row("requests that the process lived through", bare, "bare"),
    row("requests that the process lived through", told.pid === pid ? seen.answered + seen.cut : 0),
    row("answered in full", seen.answered),
    row("connections cut in the middle of a stream", seen.cut),
    row("answers that show a message, a stack or a path", seen.leaks),
    row("errors told", told.ids.length),
    row("ids that a client got and nobody was told", [...seen.ids].filter((id) => !known.has(id)).length),
  ];
}

/** How many requests bare `node:http` lives through when its handler throws. */
async function untilItDies(): Promise<number> {
  const file = new URL("./subjects/bare.ts", import.meta.url);
  const server = await startChild<Listening, SubjectQuestion, number>(file, { name: "bare" });
  let lived = 0;
  try {
    for (; lived < AT_ONCE; lived++) await fetch(`http://127.0.0.1:${server.ready.port}/error`);
  } catch {
    // It has died.
  }
  await server.stop();
  return lived;
}

async function throwAll(port: number, count: number): Promise<Seen> {
  const names = Object.keys(things);
  const seen: Seen = { answered: 0, cut: 0, wrong: [], leaks: 0, ids: new Set() };
  let next = 0;
  const client = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) {
      if (i % 500 === 0) progress(`throwing, ${i} of ${count}`);
      const place = places[i % places.length] ?? "sync";
      const thing = names[Math.floor(i / places.length) % names.length] ?? "error";
      await throwOnce(seen, `http://127.0.0.1:${port}/${place}/${thing}`, isCut(place), isFine(place) ? 200 : 500);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return seen;
}

async function throwOnce(seen: Seen, url: string, cut: boolean, status: number): Promise<void> {
  const wrong = (what: string): void => void (seen.wrong.length < 20 && seen.wrong.push(`${url}: ${what}`));
  try {
    const response = await fetch(url);
    const text = await response.text();
    seen.answered++;
    const shown = [...response.headers].flat().join("\n") + text;
    if (INSIDE.test(shown)) seen.leaks++;
    if (cut) wrong("the stream came to an end");
    else if (response.status !== status) wrong(`${response.status}, not ${status}`);
    else if (status === 500) seen.ids.add(String((JSON.parse(text) as { instance?: unknown }).instance));
  } catch (error) {
    if (cut) seen.cut++;
    else wrong(String(error));
  }
}
