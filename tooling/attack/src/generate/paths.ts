/** Class A: a guarded path, spelt, dressed and asked for in every way that has passed some guard before. */
import type { Case, Header } from "../case.ts";
import { CALLERS } from "../ledger.ts";
import { examplesOf } from "../oracle.ts";
import { type Random, randomOf } from "../random.ts";
import type { Subject } from "../subject.ts";
import { type Draft, targetOf, type Trick } from "./draft.ts";
import { requestTricks } from "./requests.ts";
import { spellings } from "./spellings.ts";

const tricks: readonly Trick[] = [...spellings, ...requestTricks];

/** The number chooses subject and trick, so that a count that is large enough has every pair. */
export function pathCase(seed: number, number: number, subjects: readonly Subject[]): Case {
  const random = randomOf(seed, "A", number);
  const subject = subjects[number % subjects.length];
  const trick = tricks[Math.floor(number / subjects.length) % tricks.length];
  if (subject === undefined || trick === undefined) throw new RangeError("Class A has no subjects.");
  const draft = dressed(draftOf(subject, random), [trick], random, subject);
  // Where it matters who asks, most say who they are; elsewhere one in four, and the path has to reach what the table says.
  const caller = callerHeader(draft, random, subject.table.some(({ access }) => access === "self") ? 0.7 : 0.25);
  return {
    class: "A",
    name: trick.name,
    origin: trick.answersTo,
    subject: subject.name,
    attack: {
      kind: "request",
      request: { method: draft.method, target: targetOf(draft), headers: [...caller, ...draft.headers] },
    },
    expect: { kind: "table" },
  };
}

/** A path alone, for the long run in process. */
export function pathAlone(
  seed: number,
  number: number,
  subject: Subject,
): { readonly method: string; readonly target: string } {
  const random = randomOf(seed, "paths", number);
  const draft = dressed(draftOf(subject, random), [random.pick(spellings)], random, subject, spellings);
  const method = random.chance(0.1) ? random.pick(["HEAD", "OPTIONS", "POST", "DELETE", "get", "PURGE"]) : draft.method;
  return { method, target: targetOf(draft) };
}

function draftOf({ table }: Subject, random: Random): Draft {
  const guarded = table.filter((route) => route.access !== "public" && examplesOf(route).length > 0);
  const route = random.pick(guarded.length > 0 && random.chance(0.8) ? guarded : table);
  const method = route.method === "404" || route.method === "*" ? random.pick(["GET", "POST"]) : route.method;
  return { method, origin: "", path: random.pick(examplesOf(route)), query: "", headers: [] };
}

/** The trick, and up to two more on top. */
function dressed(
  draft: Draft,
  first: readonly Trick[],
  random: Random,
  { table }: Subject,
  others: readonly Trick[] = tricks,
): Draft {
  const more = Array.from({ length: random.pick([0, 0, 1, 1, 2]) }, () => random.pick(others));
  const paths = table.flatMap((route) => examplesOf(route));
  return [...first, ...more].reduce((made, trick) => trick.apply(made, random, paths), draft);
}

function callerHeader({ headers }: Draft, random: Random, share: number): readonly Header[] {
  if (headers.some(([name]) => name === "authorization") || !random.chance(share)) return [];
  return [["authorization", `Bearer ${random.pick(CALLERS)}`]];
}
