/** What is answered where no route takes a request. */
import type { Awaitable, Incoming, Outcome } from "../boundary.ts";
import { kernelError } from "../problem.ts";
import type { Use } from "../provide.ts";
import { type Reply, reply } from "../reply.ts";
import type { Strings } from "../request/context.ts";
import { type Matchers, METHODS } from "./dispatch.ts";
import type { Match } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import type { Step } from "./resolve.ts";

const NO_PARAMS: Strings = {};
/** One for all requests, so that a scan of what is not there costs next to nothing. */
const NOT_FOUND = /* @__PURE__ */ kernelError("notFound");

/**
 * A route of its own for `OPTIONS`; the items of the route that a preflight asks for; a route of every method; the nearest `404`
 * route, unless another method takes the path; else the app's fallback, which ends in `answerMissed`.
 */
export function miss(
  matchers: Matchers,
  fallback: Plan,
  incoming: Incoming,
  path: string,
  query: string,
): Awaitable<Outcome> {
  const { byMethod, missed } = matchers;
  const taker = incoming.method === "OPTIONS" ? byMethod.get("OPTIONS")?.find(path) : undefined;
  const takesAll = taker?.value === byMethod.get("*")?.find(path)?.value;
  const asked = takesAll ? askedFor(matchers, incoming, path) : undefined;
  if (asked === undefined) return unasked();
  return asked.value(incoming, path, asked.params, query, ({ steps }, failed) => {
    const kept = preflightSteps(steps);
    if (kept.length === 0) return unasked;
    return async (ctx) => (await import("./traced.ts")).makeTracedSteps(kept, options, failed)(ctx);
  });

  function options(): Outcome {
    return { status: 204, headers: ["allow", allowed(matchers, path).join(", ")], body: null };
  }

  function unasked(): Awaitable<Outcome> {
    // What takes all methods has no say about a route that it is not.
    if (taker !== undefined && (asked === undefined || asked.value === taker.value))
      return taker.value(incoming, path, taker.params, query);
    const own = missed.find(path);
    return own === undefined || allowed(matchers, path).length > 0
      ? fallback(incoming, path, NO_PARAMS, query)
      : own.value(incoming, path, own.params, query);
  }
}

/** The very route that the request would meet which a preflight asks leave for. */
function askedFor({ byMethod }: Matchers, incoming: Incoming, path: string): Match<Plan> | undefined {
  if (incoming.method !== "OPTIONS" || incoming.header("origin") === null) return undefined;
  const method = incoming.header("access-control-request-method");
  return method === null ? undefined : (byMethod.get(method) ?? byMethod.get("*"))?.find(path);
}

/** Of a route's steps those that stand around preflights, and what they need. */
function preflightSteps(steps: readonly Step[]): readonly Step[] {
  const needed = new Set<Use>();
  const wanted = (step: Step): boolean => {
    const [item, inner] = step.kind === "middleware" ? [step, step] : [step.target, step.provider];
    if (!needed.has(item) && !(item.kind === "middleware" && item.preflight === true)) return false;
    for (const need of inner.use) needed.add(need);
    return true;
  };
  return steps.toReversed().filter(wanted).toReversed(); // needs stand before what needs them
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
