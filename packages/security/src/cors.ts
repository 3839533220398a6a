import {
  type Awaitable,
  type Declared,
  type Duration,
  type Incoming,
  type ItemContext,
  meta,
  type MetaKey,
  type Middleware,
  middleware,
  type Outcome,
} from "@openspeed/core";
import { isPromise } from "@openspeed/core/authoring";
import { type Origin, originMatcher } from "./origins.ts";
import { listOf, milliseconds, wrongOption } from "./wrong-option.ts";

/** Decides about an origin that a browser has named. It is not asked about `null`. */
export type OriginTest = (origin: string, ctx: ItemContext) => Awaitable<boolean>;

/** Whose pages may read answers. */
type CorsOrigins =
  | {
      /** Everybody's, without cookies. */
      readonly origins: "*";
      readonly credentials?: false;
    }
  | {
      /** Those of these origins, or of those that a function takes. */
      readonly origins: readonly Origin[] | OriginTest;
      /** Whether a browser may send cookies along. Default `false`. */
      readonly credentials?: boolean;
    };

export type CorsOptions = CorsOrigins & {
  /** Methods that other origins may use; `GET` brings `HEAD`. Default: each that has a route with this item. */
  readonly methods?: readonly string[];
  /** Request headers that they may set, beside `content-type` and those that need no leave. Default: none. */
  readonly headers?: readonly string[];
  /** Answer headers that their scripts may read, beside those that need no leave. Default: none. */
  readonly expose?: readonly string[];
  /** How long a browser may keep a preflight's answer. Default `"10m"`; Chromium keeps none longer than 2 h. */
  readonly maxAge?: Duration;
};

/** What the graph tells of a route's CORS. */
export const corsPolicy: MetaKey<{ readonly [option: string]: unknown }> = /* @__PURE__ */ meta("cors");

/**
 * Lets pages of other origins read a route's answers (CORS, Fetch §3.3). Stands on routes like any item: a preflight is answered
 * by that of the route which it asks for, before its guards. Of several on one route the innermost counts. Put it before
 * guards, so that their refusals can be read too.
 *
 * @throws TypeError `OS_ORIGIN_INVALID`, `OS_CORS_INVALID`, `OS_INVALID_LIMIT` for what would not work or would not be safe
 * @example
 * app.group("/api", [cors({ origins: ["https://app.example"], credentials: true })]);
 */
export function cors(options: CorsOptions): Middleware<Declared<{}, []>> {
  const { origins, credentials = false, methods, headers = [], expose = [], maxAge = "10m" } = options;
  check(options);
  const age = milliseconds(maxAge, "cors({ maxAge })");

  const allows = makeAllows(origins);
  const varies = origins !== "*";
  const allowed: readonly string[] = [
    ...(credentials ? ["access-control-allow-credentials", "true"] : []),
    ...(expose.length > 0 ? ["access-control-expose-headers", expose.join(", ").toLowerCase()] : []),
  ];
  const preflighted: readonly string[] = [
    ...(credentials ? ["access-control-allow-credentials", "true"] : []),
    "access-control-allow-headers",
    [...new Set(["content-type", ...headers.map((name) => name.toLowerCase())])].join(", "),
    "access-control-max-age",
    String(Math.floor(age / 1000)),
  ];

  /** Whether pages of this origin may use this method. */
  function permits(method: string): boolean {
    return methods === undefined || methods.includes(method) || (method === "HEAD" && methods.includes("GET"));
  }

  /** @param origin as it is to be answered; `undefined` if it is refused */
  function preflight(outcome: Outcome, origin: string | undefined, method: string): Outcome {
    const granted = origin !== undefined && permits(method) && TOKEN.test(method);
    // Only the method that was asked for: a browser would keep the others too, and they may be other routes' with other policies.
    const given = granted
      ? ["access-control-allow-origin", origin, "access-control-allow-methods", method, ...preflighted]
      : [];
    return withCors(outcome, given, `${varies ? "origin, " : ""}access-control-request-method`);
  }

  function actual(outcome: Outcome, origin: string | undefined, method: string): Outcome {
    const granted = origin !== undefined && permits(method);
    return withCors(
      outcome,
      granted ? ["access-control-allow-origin", origin, ...allowed] : [],
      varies ? "origin" : undefined,
    );
  }

  const item = middleware(
    "cors",
    { meta: [corsPolicy({ ...options, ...(typeof origins === "function" && { origins: "by a function" }) })] },
    (ctx, next) => {
      const { incoming, method } = ctx;
      const asked = askedMethod(incoming);
      const origin = incoming.header("origin");
      const go = (named: string | undefined): Awaitable<Outcome> => {
        if (asked === undefined) return then(next(), (outcome) => actual(outcome, named, method));
        // A route of its own for OPTIONS has more to say.
        if (ctx.route.startsWith("OPTIONS ")) return then(next(), (outcome) => preflight(outcome, named, asked));
        return preflight({ status: 204, headers: [], body: null }, named, asked);
      };
      if (origins === "*") return go("*");
      return origin === null ? go(undefined) : then(allows(origin, ctx), (yes) => go(yes ? origin : undefined));
    },
  );
  return { ...item, preflight: true, slot: "cors" };
}

/** RFC 9110 §5.6.2. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** As browsers write it; a function is asked about nothing else, so that it need not fear what else could stand there. */
const WRITTEN = /^[a-z][\d+.a-z-]*:\/\/(?:[\d._a-z-]+|\[[\d:a-f]+\])(?::\d{1,5})?$/;

function makeAllows(origins: CorsOptions["origins"]): OriginTest {
  if (origins === "*") return () => true;
  if (typeof origins !== "function") return originMatcher(origins, "cors({ origins })");
  return (origin, ctx) => WRITTEN.test(origin) && origins(origin, ctx);
}

/** What a preflight asks for (Fetch §4.8); `undefined` for any other request. */
function askedMethod(incoming: Incoming): string | undefined {
  if (incoming.method !== "OPTIONS" || incoming.header("origin") === null) return undefined;
  return incoming.header("access-control-request-method") ?? undefined;
}

/** The declared policy is the only one: what the answer says of its own, such as one that came from another server, is taken out. */
function withCors(outcome: Outcome, given: readonly string[], vary: string | undefined): Outcome {
  const { status, body } = outcome;
  const headers: string[] = [];
  let varied: string | undefined;
  for (let i = 0; i < outcome.headers.length; i += 2) {
    const [name = "", value = ""] = [outcome.headers[i], outcome.headers[i + 1]];
    if (name === "vary") varied = varied === undefined ? value : `${varied}, ${value}`;
    else if (!name.startsWith("access-control-")) headers.push(name, value);
  }
  headers.push(...given);
  const all = joinVary(varied, vary);
  if (all !== undefined) headers.push("vary", all);
  return { status, headers, body };
}

function joinVary(before: string | undefined, more: string | undefined): string | undefined {
  if (before === undefined || more === undefined) return before ?? more;
  const named = before.toLowerCase().split(/\s*,\s*/);
  return named.includes("*") || named.includes(more) ? before : `${before}, ${more}`;
}

function then<T, R>(value: Awaitable<T>, use: (settled: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? value.then(use) : use(value);
}

/** What would not work, or would open more than it says. */
function check({ origins, credentials = false, methods = [], headers = [], expose = [] }: CorsOptions): void {
  if (credentials && origins === "*")
    throw invalid("credentials for every origin would open what is private to any page.", "Name the origins.");
  if (credentials && Array.isArray(origins) && origins.includes("null"))
    throw invalid(
      "credentials for the origin null would open what is private to any page that hides its origin in a frame.",
      "Leave one of them out.",
    );
  for (const [name, list] of Object.entries({ methods, headers, expose }))
    listOf(list, "OS_CORS_INVALID", `cors({ ${name} })`, name === "methods" ? '["GET"]' : '["x-total"]');
  const wrong = [...methods, ...headers, ...expose].find((name) => !TOKEN.test(name) || name === "*");
  if (wrong !== undefined)
    throw invalid(`${JSON.stringify(wrong)} is no method and no header.`, "Name each one by itself.");
  const small = methods.find((name) => name !== name.toUpperCase()); // methods have one writing (RFC 9110 §9.1)
  if (small !== undefined) throw invalid(`no browser sends the method ${small}.`, `Write ${small.toUpperCase()}.`);
}

function invalid(wrong: string, mend: string): TypeError {
  return wrongOption("OS_CORS_INVALID", `cors: ${wrong}`, mend);
}
