import { type Awaitable, type Incoming, isPromise, type Outcome } from "../boundary.ts";
import { type Limits, parseDuration, parseSize } from "../limits.ts";
import type { Next } from "../middleware.ts";
import { DishonestResponse, failures, kernelError, kernelProblems, ProblemError, problemOutcome } from "../problem.ts";
import { type Inputs, RequestContext, type Shared, type Strings } from "../request/context.ts";
import { makeEncode, toOutcome } from "../request/encode.ts";
import { preferred } from "../request/negotiate.ts";
import { discard, isStreamed, whenEnded } from "../request/stream.ts";
import type { Route } from "../route.ts";
import type { Named, Resolved } from "./resolve.ts";
import type { Tools } from "./tools.ts";

/** Serves one route's requests. Never throws, never rejects; stays synchronous while everything in the route does. */
export type Plan = (incoming: Incoming, path: string, params: Strings, search: string) => Awaitable<Outcome>;

export interface PlanSource {
  readonly key: string;
  readonly route: Route;
  readonly resolved: Resolved;
  readonly limits: Limits;
  /** Whether undeclared answers are refused. */
  readonly honest: boolean;
  readonly tools: Tools;
  readonly app: Shared["app"];
  /** The values of app-scope providers, which are there by now. */
  readonly values: ReadonlyMap<object, unknown>;
  readonly onError: (error: unknown, ctx: RequestContext) => void;
}

/** Creates a value or wraps the rest; `run` was declared for exactly the context that the plan makes. */
type Run = (ctx: RequestContext, next: Next) => Awaitable<Outcome | Response>;
type Create = (ctx: RequestContext) => Awaitable<unknown>;
type Handler = (ctx: RequestContext) => unknown;

export function makePlan({ key, route, resolved, limits, honest, tools, app, values, onError }: PlanSource): Plan {
  const { shape } = route;
  const ownLimits: Limits = {
    ...limits,
    body: parseSize(shape.limits?.body) ?? limits.body,
    handler: parseDuration(shape.limits?.handler) ?? limits.handler,
  };
  const { inputs: decodeInputs, whole: decodeWhole } = tools.decoder(shape, ownLimits);
  const encode = makeEncode(tools.writers(shape, honest), resolved.problems, honest);
  const handler = route.run as Handler;
  const { steps } = resolved;
  const { offers } = shape;

  class PlanContext extends RequestContext {}
  const shared: Shared = { app, key, decode: decodeInputs };
  Object.assign(PlanContext.prototype, { shared, fail: failures(resolved.problems, honest) });
  for (const { name, provider } of resolved.app) Object.defineProperty(PlanContext.prototype, name, { value: values.get(provider) });

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
    if (isStreamed(outcome.body)) return { ...outcome, body: whenEnded(outcome.body, async (error) => dispose(value, { error: error ?? ctx.error })) };
    await dispose(value, { error: ctx.error });
    return outcome;
  }

  /** Decodes what was not decoded yet, runs the handler, encodes what it returned. */
  function answer(ctx: RequestContext): Awaitable<Outcome> {
    if (offers !== undefined) {
      ctx.offer = preferred(ctx.incoming.header("accept"), offers);
      if (ctx.offer === undefined) throw kernelError("notAcceptable", `This can be had as ${offers.join(", ")}.`);
    }
    if (decodeWhole !== undefined) return decodeWhole(ctx).then(() => encoded(ctx, handler(ctx)));
    if (decodeInputs !== undefined && ctx.inputs === undefined) {
      const inputs = decodeInputs(ctx);
      if (isPromise(inputs)) return inputs.then((values) => run(ctx, values));
      ctx.inputs = inputs;
    }
    return encoded(ctx, handler(ctx));
  }

  function run(ctx: RequestContext, inputs: Inputs): Awaitable<Outcome> {
    ctx.inputs = inputs;
    return encoded(ctx, handler(ctx));
  }

  function encoded(ctx: RequestContext, value: unknown): Awaitable<Outcome> {
    return isPromise(value) ? value.then((settled) => encode(ctx, settled)) : encode(ctx, value);
  }

  function failed(ctx: RequestContext, error: unknown): Outcome {
    ctx.error = error;
    try {
      if (error instanceof ProblemError && (!honest || isDeclared(error))) return problemOutcome(error);
      throw error instanceof ProblemError ? new DishonestResponse(`${key} answered with the problem ${error.problemName}, which it does not declare.`) : error;
    } catch (cause) {
      onError(cause, ctx);
      // What an error says is for those who run the app; only the kernel's own words about a dishonest route go out, and only in development.
      return problemOutcome(kernelError("internal", cause instanceof DishonestResponse && honest ? cause.message : undefined));
    }
  }

  function isDeclared({ problem, problemName }: ProblemError): boolean {
    return resolved.problems[problemName] === problem || Reflect.get(kernelProblems, problemName) === problem;
  }

  return (incoming, path, params, search) => {
    const ctx = new PlanContext(incoming, path, params, search);
    const outcome = settle(ctx, 0);
    return isPromise(outcome) ? withDeadline(ctx, outcome, ownLimits.handler) : outcome;
  };
}

/** A request-scope value becomes a property of its request's context. */
function give(ctx: RequestContext, name: string, value: unknown): void {
  (ctx as unknown as Record<string, unknown>)[name] = value; // names were checked against the context's own
}

function withDeadline(ctx: RequestContext, pending: Promise<Outcome>, limit: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      ctx.deadline ??= new AbortController();
      ctx.deadline.abort(new DOMException(`The handler had ${limit} ms.`, "TimeoutError"));
      resolve(problemOutcome(kernelError("timeout")));
    }, limit);
    void pending.then((outcome) => {
      clearTimeout(timer);
      if (late) discard(outcome);
      else resolve(outcome);
    });
  });
}
