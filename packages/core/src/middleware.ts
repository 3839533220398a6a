import { type Awaitable, isPromise, type Outcome } from "./boundary.ts";
import type { MetaEntry } from "./meta.ts";
import type { Fail, Problems } from "./problem.ts";
import type { Declares, Provided, Use } from "./provide.ts";
import type { ItemContext } from "./request/context.ts";
import type { Declared } from "./route-types.ts";

/** Calls what lies inside. It never throws: a problem or an error arrives as the outcome that will be answered. */
export type Next = () => Awaitable<Outcome>;

/** One request as a tracer sees it. Neither function may throw. */
export interface Trace {
  /** A step begins; what this gives is called when it is over, well or not. A handler's step holds decoding and encoding. */
  begin(kind: "provider" | "middleware" | "handler", name: string): () => void;
  /** The answer, that of a failure too, as it is to be sent. */
  end(outcome: Outcome): Outcome;
}

/** Wraps the handlers of the routes that list it. */
export interface Middleware<Errors extends Declares = Declares> {
  readonly kind: "middleware";
  readonly name: string;
  readonly use: readonly Use[];
  readonly problems: Problems;
  readonly meta: readonly MetaEntry[];
  readonly run: (ctx: never, next: Next) => Awaitable<Outcome | Response>;
  /**
   * Told of every step of the routes that it stands on, and then takes the place of `run`: for tools of development, which
   * show what ran and how long it took. Routes without such a middleware pay nothing.
   */
  readonly trace?: (ctx: ItemContext) => Trace;
  /**
   * Whether it answers preflights (Fetch §4.8: `OPTIONS` that asks leave for another method) for the routes it is on. Of such a
   * route's items only these run then, and what they need: a preflight carries no credentials that a guard could judge.
   */
  readonly preflight?: boolean;
  /**
   * Whether it has anything to do for a route of this method (`*` for one that takes any); where not, the route does not have it
   * at all. Default: all.
   */
  readonly covers?: (method: string) => boolean;
  /** Of several of one name that share a slot on a route the innermost counts, and it runs where the outermost stands. */
  readonly slot?: string;
  readonly "~types"?: { readonly documents: Errors["documents"] };
}

/**
 * Makes a middleware: for timing, caching, CORS, compression, guards. It is attached to routes when the app is compiled;
 * it never looks at paths.
 *
 * @example
 * const timing = middleware("timing", {}, async (ctx, next) => {
 *   const start = performance.now();
 *   const outcome = await next();
 *   return withHeaders(outcome, { "server-timing": `app;dur=${performance.now() - start}` });
 * });
 */
export function middleware<const U extends readonly Use[] = [], const E extends Problems = {}>(
  name: string,
  shape: { readonly use?: U; readonly problems?: E; readonly meta?: readonly MetaEntry[] },
  run: (ctx: ItemContext & Provided<U> & { readonly fail: Fail<E> }, next: Next) => Awaitable<Outcome | Response>,
): Middleware<Declared<E, U>> {
  return {
    kind: "middleware",
    name,
    use: shape.use ?? [],
    problems: shape.problems ?? {},
    meta: shape.meta ?? [],
    run,
  };
}

/**
 * Makes a middleware that only touches the answer: for headers and counters. It adds no promise of its own, so a route in
 * which everything is synchronous stays so.
 *
 * @example
 * const notStored = after("notStored", {}, (outcome) => withHeaders(outcome, { "cache-control": "no-store" }));
 */
export function after<const U extends readonly Use[] = []>(
  name: string,
  shape: { readonly use?: U; readonly meta?: readonly MetaEntry[] },
  change: (outcome: Outcome, ctx: ItemContext & Provided<U>) => Outcome,
): Middleware<Declared<{}, U>> {
  return middleware(name, shape, (ctx, next) => {
    const outcome = next();
    return isPromise(outcome) ? outcome.then((settled) => change(settled, ctx)) : change(outcome, ctx);
  });
}
