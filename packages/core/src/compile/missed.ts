/** What is answered where no route takes a request. */
import type { Awaitable, Incoming, Outcome } from "../boundary.ts";
import { kernelError } from "../problem.ts";
import { type Reply, reply } from "../reply.ts";
import type { Strings } from "../request/context.ts";
import { type Matchers, METHODS } from "./dispatch.ts";
import type { Plan } from "./plan.ts";

const NO_PARAMS: Strings = {};
/** One for all requests, so that a scan of what is not there costs next to nothing. */
const NOT_FOUND = /* @__PURE__ */ kernelError("notFound");

/** The nearest `404` route, unless another method takes the path; else the app's fallback, which ends in `answerMissed`. */
export function miss(
  matchers: Matchers,
  fallback: Plan,
  incoming: Incoming,
  path: string,
  query: string,
): Awaitable<Outcome> {
  const own = matchers.missed.find(path);
  return own === undefined || allowed(matchers, path).length > 0
    ? fallback(incoming, path, NO_PARAMS, query)
    : own.value(incoming, path, own.params, query);
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
