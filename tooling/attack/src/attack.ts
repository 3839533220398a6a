/** Sends cases every way there is, and judges what came of them. */
import type { Arena } from "./arena.ts";
import type { NumberedCase, Observation } from "./case.ts";
import { type Fault, type FaultKind, judge } from "./judge.ts";
import type { Entry } from "./ledger.ts";
import type { Subject } from "./subject.ts";
import type { Way, WayName } from "./ways/way.ts";

export interface Finding extends Fault {
  /** `undefined` for what no case can be blamed for. */
  readonly attacked: NumberedCase | undefined;
  readonly way: WayName | undefined;
}

/** One row of the report. */
export interface Tally {
  readonly class: string;
  readonly subject: string;
  cases: number;
  /** Cases by ways. */
  attacks: number;
  slowest: number;
  readonly faults: Partial<Record<FaultKind, number>>;
}

export interface Result {
  readonly tallies: readonly Tally[];
  readonly findings: readonly Finding[];
  /** How often a platform's own server read bytes in a way that the reference does not. */
  readonly lenient: number;
}

interface Sent {
  readonly id: string;
  readonly attacked: NumberedCase;
  readonly way: Way;
  readonly observation: Observation;
}

const GONE: Fault = { kind: "answer", text: "the process is gone, by one of these cases" };
const BATCH = 64;
const AT_ONCE = 12;

export async function attack(
  arena: Arena,
  cases: readonly NumberedCase[],
  subjects: readonly Subject[],
  /** Stops after the cases among which one was found to be this. */
  stopAt?: FaultKind,
): Promise<Result> {
  const tallies = new Map<string, Tally>();
  const findings: Finding[] = [];
  let lenient = 0;
  const bySubject = new Map(subjects.map((subject) => [subject.name, subject]));
  for (let at = 0; at < cases.length; at += BATCH) {
    if (findings.some(({ kind }) => kind === stopAt)) break;
    const batch = cases.slice(at, at + BATCH);
    const sent = await sendAll(arena, batch);
    const taken = await arena.take().catch(() => undefined);
    if (taken === undefined) {
      findings.push(...batch.map((attacked): Finding => ({ ...GONE, attacked, way: undefined })));
      return { tallies: [...tallies.values()], findings, lenient };
    }
    const entries = Map.groupBy(taken, ({ id }) => idOf(id));
    for (const { id, attacked, way, observation } of sent) {
      const subject = bySubject.get(attacked.subject);
      if (subject === undefined) continue;
      const judged = judge(attacked, subject, { id, way, observation, entries: entries.get(id) ?? [] });
      const excused = arena.framesItself && isLenience(judged, attacked);
      const fault = excused ? undefined : judged;
      if (excused) lenient++;
      entries.delete(id);
      count(tallies, attacked, observation, fault);
      if (fault !== undefined) findings.push({ ...fault, attacked, way: way.name });
    }
    findings.push(...[...entries.values()].flat().flatMap(stray));
    for (const { class: attackClass, subject } of batch) tallyOf(tallies, attackClass, subject).cases++;
  }
  for (const text of await arena.failures())
    findings.push({ kind: "answer", text, attacked: undefined, way: undefined });
  return { tallies: [...tallies.values()], findings, lenient };
}

/**
 * Whether the difference lies in how a platform's own server reads HTTP: where a message ends, or what a target that is no plain
 * path means. What ran was let through by its guard all the same, or the fault would be another.
 */
function isLenience(fault: Fault | undefined, { attack }: NumberedCase): boolean {
  if (attack.kind === "bytes") return fault?.kind === "desync" || fault?.kind === "smuggled";
  return fault?.kind === "misrouted" && attack.kind === "request" && !attack.request.target.startsWith("/");
}

/** A case's id in all the headers that carry it: behind it, `+` is the request that follows and `!` one that nobody sent. */
function idOf(header: string): string {
  return (header.split(",")[0] ?? "").replace(/[+!]$/, "");
}

/** What ran without an id is nobody's case, and a finding all the same. */
function stray({ id, key, subject, entitled, faults }: Entry): readonly Finding[] {
  if (entitled && faults.length === 0) return [];
  const kind = entitled ? "unvalidated" : "guard passed";
  return [
    { kind, text: `${key} of ${subject} ran for "${id}": ${faults.join(", ")}`, attacked: undefined, way: undefined },
  ];
}

async function sendAll(arena: Arena, cases: readonly NumberedCase[]): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const waiting = cases.flatMap((attacked) => arena.waysTo(attacked.subject).map((way) => ({ attacked, way })));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { attacked, way } = next;
      const id = `${attacked.class}${attacked.number}-${way.name}`;
      const observation = await way.send(attacked.attack, id);
      if (observation !== undefined) sent.push({ id, attacked, way, observation });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return sent;
}

function tallyOf(tallies: Map<string, Tally>, attackClass: string, subject: string): Tally {
  const key = `${attackClass} ${subject}`;
  const before = tallies.get(key);
  if (before !== undefined) return before;
  const made: Tally = { class: attackClass, subject, cases: 0, attacks: 0, slowest: 0, faults: {} };
  tallies.set(key, made);
  return made;
}

function count(
  tallies: Map<string, Tally>,
  attacked: NumberedCase,
  { milliseconds }: Observation,
  fault: Fault | undefined,
): void {
  const tally = tallyOf(tallies, attacked.class, attacked.subject);
  tally.attacks++;
  tally.slowest = Math.max(tally.slowest, milliseconds);
  if (fault !== undefined) tally.faults[fault.kind] = (tally.faults[fault.kind] ?? 0) + 1;
}
