import type { Awaitable, Incoming, Outcome } from "../boundary.ts";
import { headerOf, isPromise } from "../boundary.ts";
import type { Limits } from "../limits.ts";
import { kernelError, problemOutcome } from "../problem.ts";
import type * as Finish from "../request/finish.ts";
import type { Mount } from "../mount.ts";
import type { Strings } from "../request/context.ts";
import { type Reply, reply } from "../reply.ts";
import { canonicalPath, splitTarget } from "../request/path.ts";
import { createMatcher, type Matcher } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import type { Pattern } from "./table.ts";

export type Dispatch = (incoming: Incoming) => Awaitable<Outcome>;
export interface Matchers {
  readonly byMethod: ReadonlyMap<string, Matcher<Plan>>;
  /** What answers for paths that nothing else takes. */
  readonly missed: Matcher<Plan>;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const NO_PARAMS: Strings = {};
/** One for all requests, so that a scan of what is not there costs next to nothing. */
const NOT_FOUND = /* @__PURE__ */ kernelError("notFound");

/**
 * One matcher a method. `GET` routes serve `HEAD`, and `*` serves what no route of its own does, both settled here, so that
 * a request can only ever meet the route that the table shows.
 */
export function makeMatchers(patterns: readonly Pattern[], plans: ReadonlyMap<Mount, Plan>): Matchers {
  const byMethod = new Map<string, Matcher<Plan>>();
  const missed = createMatcher<Plan>();
  const taken = new Set<string>();
  const add = (method: string, pattern: Pattern): void => {
    const key = `${method} ${pattern.outline}`;
    if (taken.has(key)) return;
    taken.add(key);
    // Apart, so that no request can name it as its method.
    let matcher = method === "404" ? missed : byMethod.get(method);
    if (matcher === undefined) byMethod.set(method, (matcher = createMatcher()));
    const plan = plans.get(pattern.mount);
    if (plan !== undefined) matcher.add(pattern.path, plan, pattern.accepts);
  };
  for (const pattern of patterns) if (pattern.method !== "*") add(pattern.method, pattern);
  for (const pattern of patterns) if (pattern.method === "GET") add("HEAD", pattern);
  const everything = new Set([...METHODS, ...byMethod.keys(), "*"]);
  for (const pattern of patterns) if (pattern.method === "*") for (const method of everything) add(method, pattern);
  return { byMethod, missed };
}

/** Answers what no route takes: OPTIONS derived from what is mounted, 405 with `Allow`, or 404. */
export function answerMissed(
  matchers: Matchers,
  { method, path }: { readonly method: string; readonly path: string },
): Reply {
  const methods = path === "*" ? METHODS : allowed(matchers, path);
  if (methods.length === 0) throw NOT_FOUND;
  const allow = methods.join(", ");
  if (method === "OPTIONS") return reply(204, undefined, { allow });
  throw kernelError("methodNotAllowed", undefined, { headers: ["allow", allow] });
}

/** The methods that a path answers to, as `Allow` lists them (RFC 9110 §10.2.1). */
function allowed({ byMethod }: Matchers, path: string): readonly string[] {
  const methods = [...byMethod]
    .filter(([method, matcher]) => method !== "*" && matcher.find(path) !== undefined)
    .map(([method]) => method);
  if (methods.length === 0) return methods;
  return [...new Set([...methods, "OPTIONS"])].sort((a, b) => rank(a) - rank(b));
}

function rank(method: string): number {
  return (METHODS.indexOf(method) + METHODS.length + 1) % (METHODS.length + 1);
}

/** The way of every request: target → canonical path → matcher → plan. */
export function makeDispatch(matchers: Matchers, fallback: Plan, limits: Limits): Dispatch {
  const { byMethod, missed } = matchers;
  const others = byMethod.get("*");
  const miss = (incoming: Incoming, path: string, query: string): Awaitable<Outcome> => {
    const own = missed.find(path);
    return own === undefined || allowed(matchers, path).length > 0
      ? fallback(incoming, path, NO_PARAMS, query)
      : own.value(incoming, path, own.params, query);
  };
  return (incoming) => {
    const { target, method } = incoming;
    if (target.length > limits.url)
      return problemOutcome(kernelError("uriTooLong", `The target may have ${limits.url} bytes.`));
    const split = splitTarget(target);
    const path = split === undefined ? undefined : split.path === "*" ? "*" : canonicalPath(split.path);
    if (split === undefined || path === undefined)
      return problemOutcome(kernelError("malformed", "The request target is malformed."));
    const match = (byMethod.get(method) ?? others)?.find(path);
    const outcome =
      match === undefined ? miss(incoming, path, split.query) : match.value(incoming, path, match.params, split.query);
    return isPromise(outcome) ? outcome.then((settled) => finish(incoming, settled)) : finish(incoming, outcome);
  };
}

let finishing: typeof Finish | undefined;

/** Most answers go out as they are; what compares validators and answers `HEAD` is loaded with the first that does not. */
function finish(incoming: Incoming, outcome: Outcome): Awaitable<Outcome> {
  // Two entries are a content type alone: nothing to compare.
  const compared = outcome.headers.length > 2 && outcome.status === 200 && hasValidator(outcome);
  if (!compared && incoming.method !== "HEAD") return outcome;
  if (finishing !== undefined) return finishing.finish(incoming, outcome);
  return import("../request/finish.ts").then((loaded) => (finishing = loaded).finish(incoming, outcome));
}

function hasValidator(outcome: Outcome): boolean {
  return (headerOf(outcome, "etag") ?? headerOf(outcome, "last-modified")) !== undefined;
}
