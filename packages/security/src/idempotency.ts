import {
  type Awaitable,
  type Declared,
  type Duration,
  type ItemContext,
  kernelError,
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
  security,
  type Size,
  type Use,
  withHeaders,
} from "@openspeed/core";
import { holdBody } from "@openspeed/core/authoring";
import { isNews } from "./circuit.ts";
import { hostOf } from "./client.ts";
import { digest } from "./digest.ts";
import { parseIdempotencyKey } from "./idempotency-key.ts";
import { keyOf } from "./key.ts";
import { answerOf, outcomeOf, readRecord, writeRecord } from "./record.ts";
import { type Store, storeOf } from "./store.ts";
import { bytes, milliseconds } from "./wrong-option.ts";

export interface IdempotencyOptions<U extends readonly Use[]> {
  /** What `by` needs. */
  readonly use?: U;
  /**
   * Whose keys they are: two callers may have the same one. Default: nobody's, and a retry has to come with the same
   * `Authorization`, `Cookie` and keys that the route's guards name in their `security`, so that nobody gets another one's answer.
   */
  readonly by?: (ctx: ItemContext & Provided<U>) => Awaitable<string | number>;
  /** Whether a request without a key is refused. Default `false`. */
  readonly required?: boolean;
  /** How long an answer is kept. Default `"1d"`. */
  readonly ttl?: Duration;
  /** How long a key stays taken when the process that works on it dies. Default `"30s"`. */
  readonly lease?: Duration;
  /** The largest answer that is kept. Default `"256KiB"`. */
  readonly size?: Size;
  /** Default: the app's `guardStore`. */
  readonly store?: Provider<string, Store>;
}

type Problems = {
  readonly idempotencyKeyMissing: Problem<400, undefined>;
  readonly idempotencyKeyReused: Problem<422, undefined>;
  readonly requestUnderWay: Problem<409, undefined>;
  readonly answerNotKept: Problem<409, undefined>;
  readonly idempotencyUnavailable: Problem<503, undefined>;
};

const problems: Problems = {
  idempotencyKeyMissing: problem(400, "An Idempotency-Key is required"),
  idempotencyKeyReused: problem(422, "This Idempotency-Key was used for another request"),
  requestUnderWay: problem(409, "A request with this Idempotency-Key is under way"),
  answerNotKept: problem(409, "A request with this Idempotency-Key was answered, and its answer was not kept"),
  idempotencyUnavailable: problem(503, "It cannot be found out now whether this was done before"),
};

/** Idempotency as the graph shows it. */
export interface IdempotencyFacts {
  readonly required: boolean;
  readonly ttl: Duration;
}

/** Which routes take an `Idempotency-Key`. */
export const idempotencyKeys: MetaKey<IdempotencyFacts> = /* @__PURE__ */ meta<IdempotencyFacts>("idempotency");

const METHODS = new Set(["POST", "PATCH"]);
/** Refusals that say something of the caller or the moment, and nothing of the request: the next try is a new one. */
const TRANSIENT = new Set([401, 403, 408, 425, 429]);

/** Requests whose key an item has claimed: where a route and its folder both list one, the outer one does it. */
const claimed = new WeakSet<object>();

/** The key of one request while its process works on it. */
interface Claim {
  readonly store: Store;
  readonly key: string;
  readonly fingerprint: string;
  /** What stands in the store. */
  readonly text: string;
}

/**
 * Makes `POST` and `PATCH` safe to be sent again (draft-ietf-httpapi-idempotency-key-header-07): of all requests with one
 * `Idempotency-Key`, one runs, and the others get its answer, with `idempotent-replayed: true`. Answers 409 `requestUnderWay` while
 * it runs, 422 `idempotencyKeyReused` if the key comes with another method, host, target or body, 400 for a malformed or missing key.
 *
 * What is tried anew: answers from 500 on, 401, 403, 408, 425, 429. What is not kept, and answers 409 `answerNotKept`: streams
 * (a `Response` is one) and answers over `size`. While the store is down, a request with a key is 503: to run twice would be worse.
 *
 * Put it behind what tells who the caller is, since an answer is given again without asking what stands inside; and before
 * what commits, since only then it is known how a request ended.
 *
 * @throws TypeError `OS_INVALID_LIMIT`, `OS_STORE_INVALID`
 * @example
 * app.post("/payments", { use: [user, idempotency({ use: [user], by: ({ user }) => user.id, required: true })], body: Payment }, pay);
 */
export function idempotency<const U extends readonly Use[] = []>(
  options: IdempotencyOptions<U> = {},
): Middleware<Declared<Problems, U>> {
  const { use = [], required = false, ttl = "1d" } = options;
  const kept = storeOf(options.store, "idempotency({ store })");
  const needs: readonly Use[] = [...use, kept];
  const keepFor = milliseconds(ttl, "idempotency({ ttl })");
  const lease = milliseconds(options.lease ?? "30s", "idempotency({ lease })");
  const size = bytes(options.size ?? "256KiB", "idempotency({ size })");
  // `by` was declared for what `use` gives, and the context has that.
  const by = options.by as ((ctx: ItemContext) => Awaitable<string | number>) | undefined;

  /** The claim on a request's key; an outcome if another request has it. */
  async function claimFor(ctx: ItemContext, field: string): Promise<Claim | Outcome> {
    const named = parseIdempotencyKey(field);
    if (named === undefined)
      throw kernelError("malformed", 'The Idempotency-Key is one string of 1 to 255 signs: "8e03978e-40d5-43e8-bc93".');
    const fingerprint = await fingerprintOf(ctx, by === undefined);
    const whose = by === undefined ? [] : [await by(ctx)];
    const key = await keyOf(["idempotency", ctx.route, named, ...whose]);
    const asked = Reflect.get(ctx, kept.name) as Store;
    const text = writeRecord({ state: "underWay", fingerprint, claim: crypto.randomUUID() });
    let there: string | undefined;
    try {
      there = await asked.add(key, text, lease);
    } catch (error) {
      if (isNews(error)) ctx.report(error);
      throw refusal("idempotencyUnavailable", ["retry-after", "1"]);
    }
    return there === undefined ? { store: asked, key, fingerprint, text } : answerFrom(there, fingerprint);
  }

  /** What to do with the key now that its request was answered. */
  function recordOf({ fingerprint }: Claim, outcome: Outcome): string | undefined {
    if (outcome.status >= 500 || TRANSIENT.has(outcome.status)) return undefined;
    const answer = answerOf(outcome);
    const text = answer && writeRecord({ state: "answered", fingerprint, answer });
    return text !== undefined && text.length <= size ? text : writeRecord({ state: "notKept", fingerprint });
  }

  async function settle(
    ctx: ItemContext,
    { store, key, fingerprint, text }: Claim,
    record: string | undefined,
  ): Promise<void> {
    try {
      if (!(await store.replace(key, text, record, keepFor))) ctx.report(new LeaseLost(ctx.route, lease));
    } catch (error) {
      if (isNews(error)) ctx.report(error);
      // There may still be room for the fact alone, and it must not happen twice.
      if (record !== undefined)
        await attempt(() => store.replace(key, text, writeRecord({ state: "notKept", fingerprint }), keepFor));
    }
  }

  async function runOnce(ctx: ItemContext, claim: Claim, next: () => Awaitable<Outcome>): Promise<Outcome> {
    const renewal = setInterval(
      () => void attempt(() => claim.store.replace(claim.key, claim.text, claim.text, lease)),
      lease / 3,
    );
    let outcome: Outcome;
    try {
      outcome = await next();
    } finally {
      clearInterval(renewal);
    }
    // Whatever becomes of the record, the answer goes out: what was done is done.
    await settle(ctx, claim, recordOf(claim, outcome));
    return outcome;
  }

  return middleware(
    "idempotency",
    { use: needs, problems, meta: [idempotencyKeys({ required, ttl })] },
    async (ctx, next) => {
      if (!METHODS.has(ctx.method)) return next();
      const field = ctx.header("idempotency-key");
      if (field === null && required) throw refusal("idempotencyKeyMissing");
      if (field === null || claimed.has(ctx)) return next();
      claimed.add(ctx);
      const claim = await claimFor(ctx, field);
      return "status" in claim ? claim : runOnce(ctx, claim, next);
    },
  ) as Middleware<Declared<Problems, U>>; // what the item itself needs declares no problems
}

/** Everything that makes a request this one; who sends it too, where nobody else tells callers apart. */
async function fingerprintOf(ctx: ItemContext, anonymous: boolean): Promise<string> {
  const caller = anonymous ? ["authorization", "cookie", ...keyHeaders(ctx)].map((name) => ctx.header(name)) : [];
  const { method, incoming } = ctx;
  const said = JSON.stringify([method, hostOf(incoming), incoming.target, ctx.header("content-type"), ...caller]);
  return digest("SHA-256", said, await holdBody(ctx));
}

/** What else tells callers apart, as far as the route's guards say. */
function keyHeaders(ctx: ItemContext): readonly string[] {
  return security
    .all(ctx)
    .flatMap(({ scheme }) => (scheme.type === "apiKey" && scheme.in === "header" ? scheme.name : []));
}

function answerFrom(text: string, fingerprint: string): Outcome {
  const record = readRecord(text);
  if (record.fingerprint !== fingerprint) throw refusal("idempotencyKeyReused");
  if (record.state === "underWay") throw refusal("requestUnderWay", ["retry-after", "1"]);
  if (record.state === "notKept") throw refusal("answerNotKept");
  return withHeaders(outcomeOf(record.answer), { "idempotent-replayed": "true" });
}

/** What does no harm if the store is down: the lease runs out then, which is told of when the answer is to be kept. */
async function attempt(operation: () => Awaitable<unknown>): Promise<void> {
  try {
    await operation();
  } catch {}
}

function refusal(name: keyof Problems, headers: readonly string[] = []): ProblemError {
  return new ProblemError(name, problems[name], { headers });
}

class LeaseLost extends Error {
  readonly code = "OS_IDEMPOTENCY_LEASE";

  constructor(route: string, lease: number) {
    super(
      `OS_IDEMPOTENCY_LEASE: A request to ${route} stood still for longer than its lease of ${lease} ms, or the store lost its key; ` +
        "the same request may have run twice. Give idempotency({ lease }) more time.",
    );
    this.name = "LeaseLost";
  }
}
