// Whether an app is alive and ready, as routes. An entry of its own, so that an app that has none does not carry it.
import type { Awaitable, Serving } from "./boundary.ts";
import { type Duration, parseDuration } from "./limits.ts";
import { priority, publicAccess } from "./meta.ts";
import type { RouteRecord } from "./mount.ts";
import { problem } from "./problem.ts";
import type { Provided, Use } from "./provide.ts";
import { reply } from "./reply.ts";
import type { Context } from "./request/context.ts";
import { within } from "./request/within.ts";
import { route } from "./route.ts";
import type { JsonSchema, Schema } from "./schema.ts";

/** Looks whether something that the app needs is there. It is not if this throws, gives `false` or takes too long. */
export type Check<U extends readonly Use[]> = (
  ctx: Provided<U> & { readonly signal: AbortSignal },
) => Awaitable<unknown>;

export interface HealthOptions<U extends readonly Use[]> {
  /** Providers whose values the checks need. */
  readonly use?: U;
  /** What must be there for the app to be ready, by name. The names are shown to everyone. */
  readonly checks?: { readonly [name: string]: Check<U> };
  /** How long one check may take; its `signal` is aborted then. Default `"2s"`. */
  readonly timeout?: Duration;
  /** How long a result stands, so that asking often costs nothing. Default `"1s"`. */
  readonly fresh?: Duration;
  /** Whether an app that refuses requests because it has too many says that it is not ready. Default `true`. */
  readonly overload?: boolean;
  /** Where it says that it is alive. Default `"/healthz"`. */
  readonly alive?: string;
  /** Where it says whether it is ready. Default `"/readyz"`. */
  readonly ready?: string;
}

type CheckResult = "ok" | "failed" | "timeout";

/** Why an app is not ready. */
export interface Readiness {
  readonly closing: boolean;
  readonly overloaded: boolean;
  readonly checks: { readonly [name: string]: CheckResult };
}

/**
 * Routes that tell a load balancer or an orchestrator how the app does: alive is 200 as long as it answers at all; ready is
 * 200, or 503 with a problem `notReady` while it shuts down, is overloaded, or a check fails. Anyone may ask, and both are
 * answered before all else when too much comes.
 *
 * @throws TypeError `OS_INVALID_LIMIT` for what is no duration
 * @example
 * app.mount(health({ use: [db], checks: { database: ({ db }) => db.ping() } }));
 */
export function health<const U extends readonly Use[] = []>(options: HealthOptions<U> = {}): RouteRecord {
  const { alive = "/healthz", ready = "/readyz", overload = true } = options;
  const always: readonly Use[] = [publicAccess(), priority("critical")];
  const run = checker(options);
  return {
    [`GET ${alive}`]: route({ use: always }, () => reply(200, { status: "alive" }, NOT_STORED)),
    [`GET ${ready}`]: route(
      { use: [...(options.use ?? []), ...always], problems: { notReady: problem(503, "Not ready", READINESS) } },
      async (ctx) => {
        const { closing, overloaded }: Serving = ctx.incoming.serving ?? { closing: false, overloaded: false };
        const busy = overload && overloaded;
        // Nothing more is asked of an app that has enough to do.
        const checks = closing || busy ? {} : await run(ctx);
        if (closing || busy || Object.values(checks).some((result) => result !== "ok"))
          return ctx.fail.notReady({ closing, overloaded, checks });
        return reply(200, { status: "ready", checks }, NOT_STORED);
      },
    ),
  };
}

const NOT_STORED = { "cache-control": "no-store" };

type Checks = Readiness["checks"];

function checker<U extends readonly Use[]>(options: HealthOptions<U>): (ctx: Context) => Promise<Checks> {
  const checks = Object.entries(options.checks ?? {});
  const timeout = duration("timeout", options.timeout ?? "2s");
  const fresh = duration("fresh", options.fresh ?? "1s");
  let latest: Checks | undefined;
  let at = 0;
  let running = false;
  return async (ctx) => {
    // Nobody waits for another request's work, which some platforms forbid: while it runs, what was last known stands.
    if (latest !== undefined && (running || Date.now() - at < fresh)) return latest;
    running = true;
    try {
      const before = latest;
      latest = Object.fromEntries(
        await Promise.all(
          checks.map(async ([name, check]) => {
            const [result, error] = await look(timeout, check, ctx);
            // Told once, and not by everyone who asks.
            if (result !== "ok" && before?.[name] !== result)
              ctx.report(new Error(`The health check ${name}: ${result}`, { cause: error }));
            return [name, result] as const;
          }),
        ),
      );
      at = Date.now();
      return latest;
    } finally {
      running = false;
    }
  };
}

function duration(name: string, given: Duration): number {
  const amount = parseDuration(given);
  if (amount !== undefined) return amount;
  throw new TypeError(
    `OS_INVALID_LIMIT: health({ ${name} }) is ${JSON.stringify(given)}. Give milliseconds, or a text such as "2s".`,
  );
}

async function look<U extends readonly Use[]>(
  timeout: number,
  check: Check<U>,
  ctx: Context,
): Promise<readonly [result: CheckResult, error?: unknown]> {
  const controller = new AbortController();
  const late = new DOMException("The check took too long", "TimeoutError");
  // The route uses what the checks use, so its context holds their values; they stand on its prototype.
  const values = Object.create(ctx, { signal: { value: controller.signal } }) as Parameters<Check<U>>[0];
  const run = async (): Promise<unknown> => check(values);
  try {
    return [(await within(run(), timeout, () => late)) === false ? "failed" : "ok"];
  } catch (error) {
    if (error !== late) return ["failed", error];
    controller.abort(late);
    return ["timeout"];
  }
}

const FLAG = { type: "boolean" };
const READINESS_JSON: JsonSchema = {
  type: "object",
  properties: {
    closing: FLAG,
    overloaded: FLAG,
    checks: { type: "object", additionalProperties: { enum: ["ok", "failed", "timeout"] } },
  },
  required: ["closing", "overloaded", "checks"],
};
const standard = {
  version: 1,
  vendor: "openspeed",
  validate: (value: unknown): { readonly value: Readiness } => ({ value: value as Readiness }),
  jsonSchema: { input: () => READINESS_JSON, output: () => READINESS_JSON },
} as const;
/** What only this file makes needs no validation, but a description. */
const READINESS: Schema<unknown, Readiness> = { "~standard": standard };
