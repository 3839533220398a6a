import {
  type Awaitable,
  type Declared,
  type Duration,
  type ItemContext,
  meta,
  type MetaKey,
  type Middleware,
  middleware,
  type Outcome,
  type Problem,
  problem,
  ProblemError,
  type Provided,
  type Use,
} from "@openspeed/core";
import { isStreamed, whenEnded } from "@openspeed/core/authoring";
import { chain } from "./chain.ts";
import { type Leave, type Line, makePlaces } from "./places.ts";
import { count, milliseconds } from "./wrong-option.ts";

export interface ConcurrencyOptions<U extends readonly Use[]> {
  /** How many requests at once. */
  readonly limit: number;
  /** What `by` needs. */
  readonly use?: U;
  /** Whose requests are counted together; `undefined` exempts this one. Default: all requests. */
  readonly by?: (ctx: ItemContext & Provided<U>) => Awaitable<string | number | undefined>;
  /** Who comes while all places are taken may wait: `length` at most for each of `by`, each for `timeout`. Default: nobody waits. */
  readonly queue?: { readonly length: number; readonly timeout: Duration };
}

type Problems = {
  readonly busy: Problem<503, undefined>;
  readonly tooManyAtOnce: Problem<429, undefined>;
};

const problems: Problems = {
  busy: problem(503, "All places are taken"),
  tooManyAtOnce: problem(429, "Too many requests at once"),
};

/** A limit of concurrency as the graph shows it. */
export interface ConcurrencyFacts {
  readonly limit: number;
  readonly queue?: { readonly length: number; readonly timeout: Duration };
}

/** What limits of concurrency stand on a route, outermost first. */
export const concurrencyLimits: MetaKey<ConcurrencyFacts> = /* @__PURE__ */ meta<ConcurrencyFacts>("concurrency");

/**
 * Limits how many requests are under way at once, on all routes together that list this very item, in this process. Who finds no
 * place gets 503 `busy`; with `by`, 429 `tooManyAtOnce`. A place is given back when its answer is over: the last byte of a
 * stream, an error, a client that went away; and not before the handler has ended, even if its time was up.
 *
 * @throws TypeError `OS_INVALID_LIMIT`
 * @example
 * app.get("/report", { use: [concurrency({ limit: 2, queue: { length: 20, timeout: "10s" } })] }, makeReport);
 */
export function concurrency<const U extends readonly Use[] = []>(
  options: ConcurrencyOptions<U>,
): Middleware<Declared<Problems, U>> {
  const { by, queue, use = [] } = options;
  const limit = count(options.limit, "concurrency({ limit })");
  const places = makePlaces(limit, queue && lineOf(queue));
  const name = by === undefined ? "busy" : "tooManyAtOnce";
  // `by` was declared for what `use` gives, and the context has that.
  const whose = (by ?? (() => "")) as (ctx: ItemContext) => Awaitable<string | number | undefined>;

  function within(leave: Leave | undefined, next: () => Awaitable<Outcome>): Awaitable<Outcome> {
    if (leave === undefined) throw new ProblemError(name, problems[name], { headers: ["retry-after", "1"] });
    return chain(next(), (outcome) => {
      const { body } = outcome;
      if (isStreamed(body)) return { ...outcome, body: whenEnded(body, leave) };
      leave();
      return outcome;
    });
  }

  return middleware(
    "concurrency",
    { use, problems, meta: [concurrencyLimits({ limit, ...(queue && { queue }) })] },
    (ctx, next) =>
      chain(whose(ctx), (who) =>
        who === undefined
          ? next()
          : chain(
              places.enter(String(who), () => ctx.signal),
              (leave) => within(leave, next),
            ),
      ),
  ) as Middleware<Declared<Problems, U>>;
}

function lineOf({ length, timeout }: { readonly length: number; readonly timeout: Duration }): Line {
  return {
    length: count(length, "concurrency({ queue: { length } })"),
    timeout: milliseconds(timeout, "concurrency({ queue: { timeout } })"),
  };
}
