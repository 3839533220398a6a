import { type Awaitable, type Incoming, isPromise, type Outcome } from "../boundary.ts";
import { type Limits, parseDuration, parseSize } from "../limits.ts";
import { kernelError, ProblemError, problemOutcome } from "../problem.ts";
import { RequestContext, type Shared, type Strings } from "../request/context.ts";
import { makeEncode } from "../request/encode.ts";
import { preferred } from "../request/negotiate.ts";
import { discard } from "../request/stream.ts";
import type { Route } from "../route.ts";
import type { Resolved } from "./resolve.ts";
import type { Tools } from "./tools.ts";

/** Serves one route's requests. Never throws, never rejects; stays synchronous while everything in the route does. */
export type Plan = (incoming: Incoming, path: string, params: Strings, search: string) => Awaitable<Outcome>;

/** A part of it. May throw. */
export type Serve = (ctx: RequestContext) => Awaitable<Outcome>;

export interface PlanSource {
  readonly key: string;
  readonly route: Route;
  readonly resolved: Resolved;
  readonly limits: Limits;
  readonly tools: Tools;
  readonly app: Shared["app"];
  readonly onError: (error: unknown, ctx: RequestContext) => void;
}

export function makePlan({ key, route, resolved, limits, tools, app, onError }: PlanSource): Plan {
  const { shape } = route;
  const { honest } = tools;
  const ownLimits: Limits = {
    ...limits,
    body: parseSize(shape.limits?.body) ?? limits.body,
    handler: parseDuration(shape.limits?.handler) ?? limits.handler,
  };
  const { inputs: decodeInputs, whole: decodeWhole } = tools.decode?.makeDecoder(shape, ownLimits) ?? {};
  const encode = makeEncode(
    shape.output && tools.declared?.makeWriters(shape.output, honest !== undefined),
    resolved.problems,
    honest,
  );
  const handler = route.run as (ctx: RequestContext) => unknown;
  const { offers } = shape;

  class PlanContext extends RequestContext {}
  const shared: Shared = {
    app,
    key,
    meta: resolved.meta,
    decode: decodeInputs,
    limits: ownLimits,
    report: onError,
  };
  Object.assign(PlanContext.prototype, { shared });
  tools.uses?.equip(PlanContext.prototype, resolved, honest !== undefined);
  const serve =
    resolved.steps.length > 0 && tools.uses !== undefined
      ? tools.uses.makeSteps(resolved.steps, answer, failed)
      : answer;

  /** Decodes what was not decoded yet, runs the handler, encodes what it returned. */
  function answer(ctx: RequestContext): Awaitable<Outcome> {
    if (offers !== undefined) {
      ctx.offer = preferred(ctx.incoming.header("accept"), offers);
      if (ctx.offer === undefined) throw kernelError("notAcceptable", `This can be had as ${offers.join(", ")}.`);
    }
    if (decodeWhole !== undefined) return decodeWhole(ctx).then(() => respond(ctx));
    if (decodeInputs !== undefined && ctx.inputs === undefined) {
      const inputs = decodeInputs(ctx);
      if (isPromise(inputs))
        return inputs.then((values) => {
          ctx.inputs = values;
          return respond(ctx);
        });
      ctx.inputs = inputs;
    }
    return respond(ctx);
  }

  function respond(ctx: RequestContext): Awaitable<Outcome> {
    const value = handler(ctx);
    return isPromise(value) ? value.then((settled) => encode(ctx, settled)) : encode(ctx, value);
  }

  function failed(ctx: RequestContext, error: unknown): Outcome {
    ctx.error = error;
    try {
      if (!(error instanceof ProblemError)) throw error;
      honest?.checkProblem(error, key, resolved.problems);
      return problemOutcome(error);
    } catch (cause) {
      onError(cause, ctx);
      return problemOutcome(kernelError("internal", honest?.publicWords(cause)));
    }
  }

  return (incoming, path, params, search) => {
    const ctx = new PlanContext(incoming, path, params, search);
    try {
      const outcome = serve(ctx);
      return isPromise(outcome) ? withDeadline(ctx, outcome, ownLimits.handler, failed) : outcome;
    } catch (error) {
      return failed(ctx, error);
    }
  };
}

function withDeadline(
  ctx: RequestContext,
  pending: Promise<Outcome>,
  limit: number,
  failed: (ctx: RequestContext, error: unknown) => Outcome,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      ctx.deadline ??= new AbortController();
      ctx.deadline.abort(new DOMException(`The handler had ${limit} ms.`, "TimeoutError"));
      resolve(problemOutcome(kernelError("timeout")));
    }, limit);
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      if (late) discard(outcome);
      else resolve(outcome);
    };
    pending.then(settle, (error: unknown) => settle(failed(ctx, error)));
  });
}
