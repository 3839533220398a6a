import { type Awaitable, type Incoming, isPromise, type Outcome } from "../boundary.ts";
import { type Limits, parseDuration, parseSize } from "../limits.ts";
import { internalError, kernelError, ProblemError } from "../problem.ts";
import { isAbandoned, refuseLate } from "../request/abandoned.ts";
import { RequestContext, type Shared, type Strings } from "../request/context.ts";
import { makeEncode } from "../request/encode.ts";
import { preferred } from "../request/negotiate.ts";
import { discard, isStreamed } from "../request/stream.ts";
import { thrown } from "../request/thrown.ts";
import type * as Watch from "../request/watch.ts";
import type { Route } from "../route.ts";
import type { Resolved } from "./resolve.ts";
import type { Tools } from "./tools.ts";

/** Serves one route's requests. Never throws, never rejects; stays synchronous while everything in the route does. */
export type Plan = (
  incoming: Incoming,
  path: string,
  params: Strings,
  search: string,
  instead?: Instead,
) => Awaitable<Outcome>;

/** Makes what answers in place of all that the route does, such as a preflight that asks for it. */
export type Instead = (resolved: Resolved, failed: Failed) => Serve;

/** The outcome of what went wrong. */
export type Failed = (ctx: RequestContext, error: unknown) => Outcome;

/** A part of it. May throw. */
export type Serve = (ctx: RequestContext) => Awaitable<Outcome>;

export interface PlanSource {
  readonly key: string;
  readonly route: Route;
  readonly resolved: Resolved;
  readonly limits: Limits;
  readonly tools: Tools;
  readonly app: Shared["app"];
  /** Tells of an error, and gives the id under which it was told. */
  readonly report: Shared["report"];
}

let watching: typeof Watch | undefined;

export function makePlan({ key, route, resolved, limits, tools, app, report }: PlanSource): Plan {
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
  const shared: Shared = { app, key, meta: resolved.meta, decode: decodeInputs, limits: ownLimits, report };
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
    refuseLate(ctx);
    const value = handler(ctx);
    return isPromise(value) ? value.then((settled) => encode(ctx, settled)) : encode(ctx, value);
  }

  function failed(ctx: RequestContext, error: unknown): Outcome {
    ctx.error = thrown(error);
    try {
      if (error instanceof ProblemError) {
        honest?.checkProblem(error, key, resolved.problems);
        return error.outcome;
      }
      if (isAbandoned(ctx, error)) return NOBODY;
      throw error;
    } catch (cause) {
      return internalError(report(cause, ctx), honest?.publicWords(cause)).outcome;
    }
  }

  /** The last to see an answer. A body that streams is watched, since it may fail when the answer is long under way. */
  function sent(ctx: RequestContext, outcome: Outcome): Awaitable<Outcome> {
    if (!isStreamed(outcome.body)) return outcome;
    return watching === undefined
      ? import("../request/watch.ts").then(
          (loaded) => (watching = loaded).watch(ctx, outcome, ownLimits.handler),
          (error: unknown) => {
            discard(outcome);
            return failed(ctx, error);
          },
        )
      : watching.watch(ctx, outcome, ownLimits.handler);
  }

  return (incoming, path, params, search, instead) => {
    const ctx = new PlanContext(incoming, path, params, search);
    try {
      const outcome = (instead?.(resolved, failed) ?? serve)(ctx);
      return isPromise(outcome) ? withDeadline(ctx, outcome) : sent(ctx, outcome);
    } catch (error) {
      return failed(ctx, error);
    }
  };

  function withDeadline(ctx: RequestContext, pending: Promise<Outcome>): Promise<Outcome> {
    return new Promise((resolve) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        const error = new DOMException(`The handler had ${ownLimits.handler} ms.`, "TimeoutError");
        ctx.error = error; // what is disposed later learns that the client was told of a failure
        ctx.deadline ??= new AbortController();
        ctx.deadline.abort(error);
        const told = ctx.incoming.signal.aborted ? {} : { instance: report(error, ctx) };
        resolve(kernelError("timeout", undefined, told).outcome);
      }, ownLimits.handler);
      const settle = (outcome: Outcome): void => {
        clearTimeout(timer);
        if (late) discard(outcome);
        else resolve(sent(ctx, outcome));
      };
      pending.then(settle, (error: unknown) => settle(failed(ctx, error)));
    });
  }
}

/** What nobody waits for any more: never sent, and told apart from answers by middleware that counts them. */
const NOBODY: Outcome = { status: 499, headers: [], body: null };
