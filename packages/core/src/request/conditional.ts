import { headerOf, type Incoming, type Outcome } from "../boundary.ts";
import { kernelError } from "../problem.ts";
import { discard } from "./stream.ts";

/**
 * Evaluates a request's preconditions against the validators that a successful answer carries (RFC 9110 §13.2.2).
 * `If-Match` and `If-Unmodified-Since` protect writes only where the handler itself compares, since it has run by now;
 * so they are judged for safe methods, where nothing has happened.
 */
export function applyConditions(incoming: Incoming, outcome: Outcome): Outcome {
  const safe = incoming.method === "GET" || incoming.method === "HEAD";
  if (!safe || outcome.status !== 200) return outcome;
  const tag = headerOf(outcome, "etag");
  const modified = headerOf(outcome, "last-modified");
  if (tag === undefined && modified === undefined) return outcome;

  const match = incoming.header("if-match");
  if (match !== null) {
    if (!listed(match, tag, true)) return failed(outcome);
  } else if (since(modified, incoming.header("if-unmodified-since")) === "later") return failed(outcome);

  const noneMatch = incoming.header("if-none-match");
  if (noneMatch !== null) return listed(noneMatch, tag, false) ? notModified(outcome) : outcome;
  return since(modified, incoming.header("if-modified-since")) === "not later" ? notModified(outcome) : outcome;
}

/** Whether a list of entity tags holds this one; the strong comparison refuses weak tags (RFC 9110 §8.8.3.2). */
function listed(list: string, tag: string | undefined, strong: boolean): boolean {
  if (list.trim() === "*") return true;
  if (tag === undefined || (strong && tag.startsWith("W/"))) return false;
  const opaque = (text: string): string => (strong ? text : text.replace(/^W\//, ""));
  // A tag may hold commas.
  return list.match(/(?:W\/)?"[^"]*"/g)?.some((each) => opaque(each) === opaque(tag)) === true;
}

function since(modified: string | undefined, date: string | null): "later" | "not later" | undefined {
  if (modified === undefined || date === null) return undefined;
  const [at, limit] = [parseDate(modified), parseDate(date)];
  if (Number.isNaN(at) || Number.isNaN(limit)) return undefined;
  return at > limit ? "later" : "not later";
}

const TIME = "\\d\\d:\\d\\d:\\d\\d";
/** `Sun, 06 Nov 1994 08:49:37 GMT`, and `Sunday, 06-Nov-94 08:49:37 GMT` of RFC 850. */
const DATE = new RegExp(`^[A-Z][a-z]{2,8}, \\d\\d([ -])[A-Z][a-z]{2}\\1(?:\\d\\d){1,2} ${TIME} GMT$`);
/** `Sun Nov  6 08:49:37 1994` of C's `asctime`, which means UTC without saying it. */
const ASCTIME = new RegExp(`^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d ${TIME} \\d{4}$`);

/** An HTTP-date (RFC 9110 §5.6.7) in milliseconds; NaN for what else JavaScript would take for a date. */
function parseDate(text: string): number {
  return DATE.test(text) ? Date.parse(text) : ASCTIME.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
}

function failed(outcome: Outcome): Outcome {
  discard(outcome);
  const { status, headers, body } = kernelError("preconditionFailed").outcome;
  return { status, headers: [...headers, ...keptOf(outcome, (name) => name === "vary" || isShared(name))], body };
}

const KEPT = new Set([
  "cache-control",
  "content-location",
  "date",
  "etag",
  "expires",
  "last-modified",
  "set-cookie",
  "vary",
]);

function notModified(outcome: Outcome): Outcome {
  discard(outcome);
  return { status: 304, headers: keptOf(outcome, (name) => KEPT.has(name) || isShared(name)), body: null };
}

/** Without them a page of another origin could not read that answer (Fetch §3.3.3). */
function isShared(name: string): boolean {
  return name.startsWith("access-control-");
}

function keptOf({ headers }: Outcome, keeps: (name: string) => boolean): string[] {
  return headers.filter((_, i) => keeps(headers[i - (i % 2)] ?? ""));
}
