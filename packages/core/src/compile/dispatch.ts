import type { Awaitable, Incoming, Outcome } from "../boundary.ts";
import { isPromise } from "../boundary.ts";
import type { Limits } from "../limits.ts";
import { kernelError } from "../problem.ts";
import type * as Missed from "./missed.ts";
import type * as Finish from "../request/finish.ts";
import type { Mount } from "../mount.ts";
import { canonicalPath, splitTarget } from "../request/path.ts";
import type { Context } from "../request/context.ts";
import { makeRoute, type Route } from "../route.ts";
import { createMatcher, type Matcher } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import type { Pattern } from "./table.ts";

export type Dispatch = (incoming: Incoming) => Awaitable<Outcome>;
export interface Matchers<T = Plan> {
  readonly byMethod: ReadonlyMap<string, Matcher<T>>;
  /** What answers for paths that nothing else takes. */
  readonly missed: Matcher<T>;
}

export const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * One matcher a method. `GET` routes serve `HEAD`, and `*` serves what no route of its own does, both settled here, so that
 * a request can only ever meet the route that the table shows.
 */
export function makeMatchers<T>(patterns: readonly Pattern[], values: ReadonlyMap<Mount, T>): Matchers<T> {
  const byMethod = new Map<string, Matcher<T>>();
  const missed = createMatcher<T>();
  const taken = new Set<string>();
  const add = (method: string, pattern: Pattern): void => {
    const key = `${method} ${pattern.outline}`;
    if (taken.has(key)) return;
    taken.add(key);
    // Apart, so that no request can name it as its method.
    let matcher = method === "404" ? missed : byMethod.get(method);
    if (matcher === undefined) byMethod.set(method, (matcher = createMatcher()));
    const value = values.get(pattern.mount);
    if (value !== undefined) matcher.add(pattern.path, value, pattern.accepts);
  };
  for (const pattern of patterns) if (pattern.method !== "*") add(pattern.method, pattern);
  for (const pattern of patterns) if (pattern.method === "GET") add("HEAD", pattern);
  const everything = new Set([...METHODS, ...byMethod.keys(), "*"]);
  for (const pattern of patterns) if (pattern.method === "*") for (const method of everything) add(method, pattern);
  return { byMethod, missed };
}

/** The way of every request: target → canonical path → matcher → plan. */
export function makeDispatch(matchers: Matchers, fallback: Plan, limits: Limits): Dispatch {
  const { byMethod } = matchers;
  const others = byMethod.get("*");
  return (incoming) => {
    const { target, method } = incoming;
    if (target.length > limits.url)
      return kernelError("uriTooLong", `The target may have ${limits.url} bytes.`).outcome;
    const split = splitTarget(target);
    const path = split === undefined ? undefined : split.path === "*" ? "*" : canonicalPath(split.path);
    if (split === undefined || path === undefined)
      return kernelError("malformed", "The request target is malformed.").outcome;
    // A preflight is for the route that it asks about, whatever takes OPTIONS itself; that is settled where misses are.
    const match = method === "OPTIONS" ? undefined : (byMethod.get(method) ?? others)?.find(path);
    const outcome =
      match?.value(incoming, path, match.params, split.query) ?? miss(matchers, fallback, incoming, path, split.query);
    return isPromise(outcome) ? outcome.then((settled) => finish(incoming, settled)) : finish(incoming, outcome);
  };
}

let missing: typeof Missed | undefined;

/** The innermost of what answers a miss; `miss` has loaded it by then. */
export function missedRoute(matchers: Matchers): Route {
  return makeRoute((ctx: Pick<Context, "method" | "path">) => missing?.answerMissed(matchers, ctx));
}

/** What no route takes is loaded with the first request that misses. */
function miss(matchers: Matchers, fallback: Plan, incoming: Incoming, path: string, query: string): Awaitable<Outcome> {
  if (missing !== undefined) return missing.miss(matchers, fallback, incoming, path, query);
  return import("./missed.ts").then((loaded) => (missing = loaded).miss(matchers, fallback, incoming, path, query));
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
  // A value of that text is taken for a name, and found to be none by what is loaded then.
  return outcome.headers.includes("etag") || outcome.headers.includes("last-modified");
}
