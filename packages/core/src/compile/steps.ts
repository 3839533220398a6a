import { type Awaitable, isPromise, type Outcome, toOutcome } from "../boundary.ts";
import type { Next } from "../middleware.ts";
import type { RequestContext } from "../request/context.ts";
import { whenEnded } from "../request/ended.ts";
import { isStreamed } from "../request/stream.ts";
import type { Serve } from "./plan.ts";
import type { Named, Step } from "./resolve.ts";

/** Creates a value or wraps the rest; `run` was declared for exactly the context that the plan makes. */
type Run = (ctx: RequestContext, next: Next) => Awaitable<Outcome | Response>;
type Create = (ctx: RequestContext) => Awaitable<unknown>;

/**
 * What runs before a route's handler: the values it asked for, and the middleware around it.
 *
 * @param answer runs the handler; may throw
 * @param failed the outcome of whatever goes wrong
 */
export function makeSteps(
  steps: readonly Step[],
  answer: Serve,
  failed: (ctx: RequestContext, error: unknown) => Outcome,
): Serve {
  /** The steps from `i` on, then the handler. May throw. */
  function advance(ctx: RequestContext, i: number): Awaitable<Outcome> {
    for (; i < steps.length; i++) {
      const step = steps[i];
      if (step === undefined) break;
      if (step.kind === "middleware") return around(ctx, i, step.run as Run);
      const value = (step.provider.create as Create)(ctx);
      if (step.provider.dispose !== undefined || isPromise(value)) return hold(ctx, i, step, value);
      give(ctx, step.name, value);
    }
    return answer(ctx);
  }

  /** The same, with whatever goes wrong as its outcome. */
  function settle(ctx: RequestContext, i: number): Awaitable<Outcome> {
    try {
      const outcome = advance(ctx, i);
      return isPromise(outcome) ? outcome.then(undefined, (error: unknown) => failed(ctx, error)) : outcome;
    } catch (error) {
      return failed(ctx, error);
    }
  }

  function around(ctx: RequestContext, i: number, run: Run): Awaitable<Outcome> {
    let called = false;
    const outcome = run(ctx, () => {
      if (called) throw new TypeError("A middleware called next() twice.");
      called = true;
      return settle(ctx, i + 1);
    });
    return isPromise(outcome) ? outcome.then(toOutcome) : toOutcome(outcome);
  }

  /** Waits for a provider's value, and disposes it when the request is over. */
  async function hold(ctx: RequestContext, i: number, { name, provider }: Named, pending: unknown): Promise<Outcome> {
    const value = await pending;
    give(ctx, name, value);
    if (provider.dispose === undefined) return advance(ctx, i + 1);
    const dispose = provider.dispose as (value: unknown, ending: { readonly error: unknown }) => Awaitable<void>;
    const outcome = await settle(ctx, i + 1);
    // A streamed body may still need the value.
    if (isStreamed(outcome.body))
      return {
        ...outcome,
        body: whenEnded(outcome.body, async (error) => dispose(value, { error: error ?? ctx.error })),
      };
    await dispose(value, { error: ctx.error });
    return outcome;
  }

  return (ctx) => advance(ctx, 0);
}

/** A request-scope value becomes a property of its request's context. */
function give(ctx: RequestContext, name: string, value: unknown): void {
  (ctx as unknown as Record<string, unknown>)[name] = value; // names were checked against the context's own
}
