import { type Awaitable, isPromise, type Outcome } from "../boundary.ts";
import type { Trace } from "../middleware.ts";
import type { RequestContext } from "../request/context.ts";
import type { Failed, Serve } from "./plan.ts";
import type { Step } from "./resolve.ts";
import { makeSteps } from "./steps.ts";

/**
 * The steps before a route's handler, told to the middleware that traces, if there is one among them. It is told of those
 * outside of it too. Where there is none, which is decided once a route, nothing is wrapped and nothing costs.
 */
export function makeTracedSteps(steps: readonly Step[], answer: Serve, failed: Failed): Serve {
  const trace = steps.map(tracerOf).find((each) => each !== undefined);
  if (trace === undefined) return makeSteps(steps, answer, failed);
  const traces = new WeakMap<RequestContext, Trace>();

  function told<T>(ctx: RequestContext, kind: Parameters<Trace["begin"]>[0], name: string, run: () => T): T {
    const done = traces.get(ctx)?.begin(kind, name);
    let pending = false;
    try {
      const result = run();
      if (!isPromise(result)) return result;
      pending = true;
      return result.finally(done) as T;
    } finally {
      if (!pending) done?.();
    }
  }

  function toldOf(step: Step): Step {
    if (step.kind === "middleware") {
      const run = step.run as (...given: unknown[]) => Awaitable<Outcome>;
      return {
        ...step,
        run: (ctx: RequestContext, next: unknown) => told(ctx, "middleware", step.name, () => run(ctx, next)),
      };
    }
    const { name, provider } = step;
    const create = provider.create as (ctx: RequestContext) => unknown;
    return {
      ...step,
      provider: { ...provider, create: (ctx: RequestContext) => told(ctx, "provider", name, () => create(ctx)) },
    };
  }

  const serve = makeSteps(
    steps.filter((step) => tracerOf(step) === undefined).map(toldOf),
    (ctx) => told(ctx, "handler", "handler", () => answer(ctx)),
    failed,
  );
  return (ctx) => {
    const mine = trace(ctx);
    traces.set(ctx, mine);
    try {
      const outcome = serve(ctx);
      if (!isPromise(outcome)) return mine.end(outcome);
      return outcome.catch((error: unknown) => failed(ctx, error)).then((settled) => mine.end(settled));
    } catch (error) {
      return mine.end(failed(ctx, error));
    }
  };
}

function tracerOf(step: Step): ((ctx: RequestContext) => Trace) | undefined {
  return step.kind === "middleware" ? step.trace : undefined;
}
