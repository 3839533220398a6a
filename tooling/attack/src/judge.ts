/** What an observation and the ledger say of a case: pure. */
import { METHODS as KNOWN } from "node:http";
import type { Case, Observation } from "./case.ts";
import { headerOf } from "./answers.ts";
import { callerOf, type Entry, isEntitled, NEVER, SECRET } from "./ledger.ts";
import { keyOf, readTarget, type TableRoute } from "./oracle.ts";
import { GIVEN_UP, judgeFrames } from "./judge-frames.ts";
import type { Subject } from "./subject.ts";
import { GRANTED } from "./subjects/browsers.ts";
import type { Way } from "./ways/way.ts";

export type FaultKind =
  /** A handler ran, or what it says was read, by someone who may not. */
  | "guard passed"
  /** A handler was given what no validated request has. */
  | "unvalidated"
  /** Another handler ran than the table says, or none. */
  | "misrouted"
  /** Server and client do not agree where a request ends. */
  | "desync"
  /** And what was a body for one of them ran as a request. */
  | "smuggled"
  /** A value of the request became a header, a cookie or an address of its own. */
  | "injected"
  /** The server failed, or answered what it must not. */
  | "answer"
  | "slow"
  /** An app started with a limit that is none. */
  | "started";

export interface Fault {
  readonly kind: FaultKind;
  readonly text: string;
}

export interface Evidence {
  readonly id: string;
  readonly way: Pick<Way, "name" | "sees">;
  readonly observation: Observation;
  /** What the ledger has of this case, in its order. */
  readonly entries: readonly Entry[];
}

const METHODS: ReadonlySet<string> = new Set(KNOWN);
/** What a route answers itself where it runs no handler: preconditions, representations, schemas, forms of other sites. */
const DECLINED: ReadonlySet<number> = new Set([403, 406, 412, 415, 416, 422]);
/** The kernel's own limit, which subjects leave as it is. */
const MOST_URL = 8192;

/** What a request may take: generous, as machines are loaded, and far below what a bomb would take. */
const DEADLINE_MS = 5000;

export function judge(attacked: Case, subject: Subject, evidence: Evidence): Fault | undefined {
  return (
    judgeEntries(evidence.entries) ??
    judgeAnswers(attacked, evidence) ??
    judgeExpectation(attacked, subject, evidence) ??
    judgeTime(evidence)
  );
}

function judgeEntries(entries: readonly Entry[]): Fault | undefined {
  for (const { key, entitled, faults } of entries) {
    if (!entitled) return { kind: "guard passed", text: `${key} ran` };
    if (faults.length > 0) return { kind: "unvalidated", text: `${key}: ${faults.join(", ")}` };
  }
  return undefined;
}

/** What no answer may ever say. */
function judgeAnswers({ attack }: Case, { observation, way }: Evidence): Fault | undefined {
  if (attack.kind !== "request") return undefined;
  const { request } = attack;
  const caller = callerOf((name) => request.headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? null);
  for (const { headers, body, status } of observation.answers) {
    if (body.includes(NEVER)) return { kind: "guard passed", text: `${status} with what is nobody's` };
    if (caller === undefined && body.includes(SECRET))
      return { kind: "guard passed", text: `${status} with what is secret` };
    // Before a transport writes them, headers are no bytes yet.
    if (way.name === "handle") continue;
    const injected = headers.find(
      ([name, value]) => name.startsWith("x-injected") || (name === "set-cookie" && value.startsWith("injected")),
    );
    if (injected !== undefined) return { kind: "injected", text: injected.join(": ") };
    const reader = headerOf(headers, "access-control-allow-origin");
    if (reader !== undefined && !GRANTED.test(reader))
      return { kind: "injected", text: `access-control-allow-origin: ${reader}` };
    if (headerOf(headers, "x-request-id")?.includes("injected") === true)
      return { kind: "injected", text: "an id that the request brought" };
    const location = headerOf(headers, "location");
    if (location !== undefined && leavesHere(location)) return { kind: "injected", text: `location: ${location}` };
    if (/^event: injected|^id: injected|^data: injected-field/m.test(body))
      return { kind: "injected", text: "a field of an event" };
    if (/ at .+\.[jt]s:\d+/.test(body)) return { kind: "answer", text: "a stack trace" };
  }
  return undefined;
}

/** As a browser follows it; what it cannot read, it does not follow. */
function leavesHere(location: string): boolean {
  const here = "http://here.example/to/page";
  return URL.canParse(location, here) && new URL(location, here).host !== "here.example";
}

function judgeExpectation(attacked: Case, subject: Subject, evidence: Evidence): Fault | undefined {
  const { expect, attack } = attacked;
  const { observation, entries } = evidence;
  if (observation.thrown !== undefined && attack.kind !== "start") return { kind: "answer", text: observation.thrown };
  if (attack.kind === "start")
    return observation.thrown === undefined ? { kind: "started", text: JSON.stringify(attack.limits) } : undefined;
  if (attack.kind === "bytes") return judgeFrames(attack.bytes, evidence);
  const [answer] = observation.answers;
  const status = answer?.status ?? 0;
  const ran = entries.map(({ key }) => key);
  if (answer === undefined)
    // Servers may close on what they cannot parse, without a word.
    return expect.kind === "refused" || expect.kind === "safe" || !isKnown(attack.request)
      ? undefined
      : { kind: "answer", text: "none" };
  switch (expect.kind) {
    case "table":
      return judgeTable(attack.request, subject, evidence, status, ran);
    case "refused":
      if (ran.length > 0) return { kind: "unvalidated", text: `${ran.join(", ")} ran` };
      // Whoever left while sending reads no answer: that nothing ran is what counts.
      return refused(status) || (attack.request.leavesAfter !== undefined && status >= 500)
        ? undefined
        : { kind: "answer", text: String(status) };
    case "served":
      return ran.length === 1 && ran[0] === expect.key && status < 400
        ? undefined
        : { kind: "misrouted", text: `${status}, and ran ${ran.join(", ") || "nothing"} instead of ${expect.key}` };
    case "sent":
    case "framed":
      return undefined;
    case "safe": {
      const other = ran.find((key) => expect.only?.includes(key) === false);
      if (other !== undefined) return { kind: "misrouted", text: `${other} ran` };
      // What it does not know, and what it has no place for, a server may say.
      return status < 500 || status === 501 || status === 503 || status === 505
        ? undefined
        : { kind: "answer", text: String(status) };
    }
  }
}

function judgeTable(
  request: {
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [string, string])[];
  },
  subject: Subject,
  { way }: Evidence,
  status: number,
  ran: readonly string[],
): Fault | undefined {
  const { method, target } = request;
  const caller = callerOf((name) => request.headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? null);
  const faults = way.sees(method, target).map((seen) => {
    if (status === 414 || status === 431)
      return unless(ran.length === 0 && seen.length > MOST_URL, `a target that is not too long: ${status}`, ran);
    // What the platform's parser does not know does not reach the kernel.
    if (way.name === "socket" && !isKnown(request) && GIVEN_UP.has(status) && ran.length === 0) return undefined;
    const reading = readTarget(subject.table, method, seen);
    if (reading.kind === "malformed") return unless(ran.length === 0 && refused(status), `malformed: ${status}`, ran);
    if (reading.kind === "none") {
      const answered = refused(status) || (method === "OPTIONS" && status === 204);
      return unless(ran.length === 0 && answered, `no route: ${status}`, ran);
    }
    const { route, params } = reading;
    if (!isEntitled(route.access, caller, params["id"]))
      return unless(ran.length === 0 && refused(status), `${keyOf(route)} for nobody: ${status}`, ran);
    return judgeServed(route, status, ran);
  });
  // One of the readings is the server's.
  return faults.includes(undefined) ? undefined : faults[0];
}

/** Methods and octets that every platform's parser takes. */
function isKnown({ method, target }: { readonly method: string; readonly target: string }): boolean {
  return METHODS.has(method) && /^[!-~]+$/.test(target);
}

function judgeServed(route: TableRoute, status: number, ran: readonly string[]): Fault | undefined {
  // Schemas and forms of other sites refuse too, and then nothing may run.
  const declined = ran.length === 0 && DECLINED.has(status);
  // Behind a rest stand files, and not one for every path.
  if (route.silent === true && route.path.includes("/*") && status === 404 && ran.length === 0) return undefined;
  if (route.silent === true)
    return unless((status < 400 || declined) && ran.length === 0, `${keyOf(route)}: ${status}`, ran);
  return unless(
    (ran.length === 1 && ran[0] === keyOf(route) && status < 400) || declined,
    `${keyOf(route)}: ${status}`,
    ran,
  );
}

const refused = (status: number): boolean => status >= 400 && status < 500;

function unless(fine: boolean, text: string, ran: readonly string[]): Fault | undefined {
  return fine ? undefined : { kind: "misrouted", text: `${text}, ran ${ran.join(", ") || "nothing"}` };
}

function judgeTime({ observation: { milliseconds } }: Evidence): Fault | undefined {
  return milliseconds > DEADLINE_MS ? { kind: "slow", text: `${Math.round(milliseconds)} ms` } : undefined;
}
