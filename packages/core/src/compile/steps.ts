import { type Awaitable, isPromise, type Outcome } from "../boundary.ts";
import type { Next } from "../middleware.ts";
import type { Ending } from "../provide.ts";
import { refuseLate } from "../request/abandoned.ts";
import type { RequestContext } from "../request/context.ts";
import { whenEnded } from "../request/ended.ts";
import { toOutcome } from "../request/response.ts";
import { discard, isStreamed } from "../request/stream.ts";
import { within } from "../request/within.ts";
import type { Failed, Serve } from "./plan.ts";
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
export function makeSteps(steps: readonly Step[], answer: Serve, failed: Failed): Serve {
  /** The steps from `i` on, then the handler. May throw. */
  function advance(ctx: RequestContext, i: number): Awaitable<Outcome> {
    refuseLate(ctx);
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
    let inner: Awaitable<Outcome> | undefined;
    const next = (): Awaitable<Outcome> => {
      if (inner !== undefined) throw new TypeError("A middleware called next() twice.");
      return (inner = settle(ctx, i + 1));
    };
    /** What lay inside was answered for nobody: a body that streams must end, and what it holds be released. */
    const fail = (thrown: unknown): never => {
      if (inner !== undefined) void Promise.resolve(inner).then(discard);
      throw thrown;
    };
    const answered = (value: Outcome | Response): Outcome => {
      try {
        return toOutcome(value);
      } catch (error) {
        return fail(error); // it forgot to return
      }
    };
    try {
      const outcome = run(ctx, next);
      return isPromise(outcome) ? outcome.then(answered, fail) : toOutcome(outcome);
    } catch (error) {
      return fail(error);
    }
  }

  /** Waits for a provider's value, and disposes it when the request is over. */
  async function hold(ctx: RequestContext, i: number, { name, provider }: Named, pending: unknown): Promise<Outcome> {
    const value = await pending;
    give(ctx, name, value);
    if (provider.dispose === undefined) return advance(ctx, i + 1);
    const dispose = provider.dispose as (value: unknown, ending: Ending) => Awaitable<void>;
    const outcome = await settle(ctx, i + 1);
    if (!isStreamed(outcome.body)) {
      await end(ctx, () => dispose(value, { error: ctx.error }), ctx.error);
      return outcome;
    }
    // A streamed body may still need the value. Nobody waits for its end as a handler's deadline does, so it has one of its own.
    const { handler } = ctx.shared.limits;
    const body = whenEnded(
      outcome.body,
      (ending) => {
        const error = ctx.error ?? ending.error;
        const disposed = async (): Promise<void> => dispose(value, { error });
        return end(ctx, () => within(disposed(), handler, () => overdue(name, handler)), error);
      },
      handler,
    );
    return { ...outcome, body };
  }

  return (ctx) => advance(ctx, 0);
}

/**
 * Disposes a value. What may be a commit has to succeed before an answer says that all went well, so a failure fails it; an
 * answer that tells of an error already stays true.
 */
async function end(ctx: RequestContext, dispose: () => Awaitable<void>, error: unknown): Promise<void> {
  try {
    await dispose();
  } catch (failure) {
    if (error === undefined) throw failure;
    ctx.report(failure);
  }
}

function overdue(name: string, limit: number): Error {
  return new DOMException(`The provider ${name} had ${limit} ms to be disposed.`, "TimeoutError");
}

/** A request-scope value becomes a property of its request's context. */
function give(ctx: RequestContext, name: string, value: unknown): void {
  (ctx as unknown as Record<string, unknown>)[name] = value; // names were checked against the context's own
}
