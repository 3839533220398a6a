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
  type Provider,
  type Use,
} from "@openspeed/core";
import { isPromise } from "@openspeed/core/authoring";
import { chain } from "./chain.ts";
import { isNews } from "./circuit.ts";
import { type Client, client } from "./client.ts";
import { keyOf } from "./key.ts";
import { memoryStore } from "./memory-store.ts";
import { networkOf } from "./network.ts";
import { fieldsOf, seconds, withFields } from "./rate-limit-fields.ts";
import { type Place, type Store, storeOf } from "./store.ts";
import { count, milliseconds, shown, wrongOption } from "./wrong-option.ts";

/** What stands for the store while it is down. */
export type OnStoreError = "local" | "open" | "closed";

export interface RateLimitOptions<U extends readonly Use[]> {
  /** How many requests. */
  readonly limit: number;
  /** Within how long: in every stretch of time of this length. */
  readonly window: Duration;
  /** What `by` needs. */
  readonly use?: U;
  /**
   * Whose requests are counted together; `undefined` exempts this one. Default: the client's network, an IPv4 address or a /64 of
   * IPv6.
   */
  readonly by?: (ctx: ItemContext & Provided<U>) => Awaitable<string | number | undefined>;
  /**
   * What is counted together: all routes on which limits of this name stand. Without a name each route counts by itself. Clients
   * see it in `RateLimit`; there an unnamed limit is called by its figures, `100/1m`.
   */
  readonly name?: string;
  /** Default: the app's `guardStore`. */
  readonly store?: Provider<string, Store>;
  /**
   * While the store is down: `"local"` counts in this process's memory, `"open"` lets every request pass, `"closed"` answers
   * 503. Default `"local"`.
   */
  readonly onStoreError?: OnStoreError;
}

type Problems = {
  readonly tooManyRequests: Problem<429, undefined>;
  readonly limitUnavailable: Problem<503, undefined>;
};

const problems: Problems = {
  tooManyRequests: problem(429, "Too many requests"),
  limitUnavailable: problem(503, "Requests cannot be counted now"),
};

/** A limit as the graph shows it. */
export interface RateLimitFacts {
  readonly name?: string;
  readonly limit: number;
  readonly window: Duration;
  readonly onStoreError: OnStoreError;
}

/** What limits stand on a route, outermost first. */
export const rateLimits: MetaKey<RateLimitFacts> = /* @__PURE__ */ meta<RateLimitFacts>("rateLimit");

const NAME = /^[\x20-\x7e]{1,100}$/;

/** `use` and what the item itself needs; the context has all of it. */
type Ctx = ItemContext & { readonly client?: Client };

/**
 * Limits how often a route is called: 429 `tooManyRequests` with `Retry-After` for who is over it. Every answer has
 * `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-11), with all limits of the route. Of several limits
 * all hold; they count from the outside in, and one that refuses keeps those inside from counting.
 *
 * A client whose address nobody tells is an error, `OS_CLIENT_UNKNOWN` (500): everybody in one count, or nobody counted, would
 * be worse.
 *
 * @throws TypeError `OS_INVALID_LIMIT`, `OS_RATE_LIMIT_NAME`, `OS_STORE_INVALID`
 * @example
 * app.post("/sessions", { use: [rateLimit({ limit: 5, window: "15m" })] }, signIn);
 */
export function rateLimit<const U extends readonly Use[] = []>(
  options: RateLimitOptions<U>,
): Middleware<Declared<Problems, U>> {
  const { use = [], by, onStoreError = "local" } = options;
  const window = {
    limit: count(options.limit, "rateLimit({ limit })"),
    length: milliseconds(options.window, "rateLimit({ window })"),
  };
  if (!["local", "open", "closed"].includes(onStoreError))
    throw wrongOption(
      "OS_STORE_INVALID",
      `rateLimit({ onStoreError }) is ${shown(onStoreError)}.`,
      'Give "local", "open" or "closed".',
    );
  const policy = { ...window, name: nameOf(options) };
  const kept = storeOf(options.store, "rateLimit({ store })");
  const needs: readonly Use[] = by === undefined ? [...use, client, kept] : [...use, kept];
  // `by` was declared for what `use` gives, and the context has that.
  const whose = (by ?? (({ client }: Ctx) => networkOf(client ?? { address: undefined }))) as (
    ctx: Ctx,
  ) => Awaitable<string | number | undefined>;
  const facts: RateLimitFacts = {
    ...(options.name !== undefined && { name: options.name }),
    limit: window.limit,
    window: options.window,
    onStoreError,
  };
  let local: Store | undefined;

  /** A place for this key; `undefined` where requests pass uncounted. */
  function take(ctx: Ctx, key: string): Awaitable<Place | undefined> {
    const asked = Reflect.get(ctx, kept.name) as Store;
    try {
      const place = asked.take(key, window);
      return isPromise(place) ? place.catch((error: unknown) => instead(ctx, key, error)) : place;
    } catch (error) {
      return instead(ctx, key, error);
    }
  }

  function instead(ctx: Ctx, key: string, error: unknown): Awaitable<Place | undefined> {
    if (isNews(error)) ctx.report(error);
    if (onStoreError === "open") return undefined;
    if (onStoreError === "local") return (local ??= memoryStore()).take(key, window);
    throw new ProblemError("limitUnavailable", problems.limitUnavailable, { headers: ["retry-after", "1"] });
  }

  function judge(place: Place | undefined, next: () => Awaitable<Outcome>): Awaitable<Outcome> {
    if (place === undefined) return next();
    const fields = fieldsOf(policy, place);
    if (!place.taken)
      throw new ProblemError("tooManyRequests", problems.tooManyRequests, {
        detail: `At most ${window.limit} requests in ${window.length / 1000} s.`,
        headers: ["retry-after", String(Math.max(seconds(place.frees), 1)), ...fields],
      });
    return chain(next(), (outcome) => withFields(outcome, fields));
  }

  return middleware("rateLimit", { use: needs, problems, meta: [rateLimits(facts)] }, (ctx, next) =>
    chain(whose(ctx), (who) =>
      who === undefined
        ? next()
        : chain(keyOf(["rate", ...scopeOf(facts, ctx), window.limit, window.length, who]), (key) =>
            chain(take(ctx, key), (place) => judge(place, next)),
          ),
    ),
  ) as Middleware<Declared<Problems, U>>; // what the item itself needs declares no problems
}

/**
 * What a count belongs to: a name, or a route and a limit's place among those of the route: two may have the same figures, and
 * what one counts by, such as an address, a client may say where the other counts by a name.
 */
function scopeOf(facts: RateLimitFacts, ctx: ItemContext): readonly (string | number)[] {
  return facts.name === undefined ? ["route", ctx.route, rateLimits.all(ctx).indexOf(facts)] : ["name", facts.name];
}

function nameOf({ name, limit, window }: Pick<RateLimitOptions<[]>, "name" | "limit" | "window">): string {
  if (name === undefined) return `${limit}/${typeof window === "number" ? `${window}ms` : window}`;
  if (NAME.test(name)) return name;
  throw wrongOption(
    "OS_RATE_LIMIT_NAME",
    `rateLimit({ name }) is ${JSON.stringify(name)}, which no header can carry.`,
    "Give at most 100 letters, digits and signs of ASCII.",
  );
}
