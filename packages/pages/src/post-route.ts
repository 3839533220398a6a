import {
  type AnyShape,
  type Middleware,
  middleware,
  type Outcome,
  type Reply,
  type Route,
  type Use,
} from "@openspeed/core";
import { pageClient } from "./client.ts";
import { wantsHtml } from "./failures.ts";
import { type AnyFormState, NOTHING_SENT, readErrors, SentForms } from "./form.ts";
import { type Showing, showPage } from "./get-route.ts";
import { headerList } from "./headers.ts";
import { shareInputs } from "./inputs.ts";
import { type ProblemDocument, problemIn } from "./stand-in.ts";
import { isAway, isReply, mergeProblems, mergeUses, type PageContext } from "./visit.ts";

/**
 * The route that takes a page's form: the action's, with all that showing the page again takes. A refused form is shown again
 * with what was sent and what is wrong with it, under the problem's status; who asks for JSON gets the problem.
 */
export function postRoute(showing: Showing, action: Route): Route {
  const { loaded, place } = showing;
  const { shape } = action;
  const loaders = [...loaded.layouts.map(({ loader }) => loader), loaded.page.loader];
  const inputs = shareInputs(shape, loaded.page.loader?.shape ?? {});
  const forms = new SentForms();
  const again = shownAgain(showing, action, forms, inputs.asLoader);
  const own: AnyShape = {
    ...shape,
    ...inputs.shape,
    use: [pageClient, ...withoutPolicies(mergeUses(loaders)), ...(shape.use ?? []), again],
    problems: mergeProblems([...loaders, action], place.source),
    offers: ["text/html", "application/json"],
  };
  return {
    kind: "route",
    shape: shape.body === undefined ? own : { ...own, body: forms.remember(shape.body, place.source) },
    run: async (ctx: PageContext) => {
      const handler = action.run as (ctx: PageContext) => unknown; // it was declared for this context
      const returned = await handler(inputs.asAction(ctx));
      if (isAway(returned) || ctx.offer !== "text/html") return returned;
      const { value, status, headers } = isReply(returned) ? returned : { value: returned, status: 200, headers: {} };
      const form: AnyFormState = { ...NOTHING_SENT, sent: true, ok: true, value };
      return showPage(showing, ctx, form, { status, headers, seen: inputs.asLoader(ctx) });
    },
  };
}

/**
 * What a loader says about its own access is not said about the action: each needs a policy. Guards stay, since they do run.
 */
function withoutPolicies(use: readonly Use[]): readonly Use[] {
  return use.filter((item) => item.kind !== "meta" || item.key !== "policy");
}

/** Stands innermost, where all that the page's loader uses is at hand, and shows the page again when the form was refused. */
function shownAgain(
  showing: Showing,
  action: Route,
  forms: SentForms,
  asLoader: (ctx: PageContext) => PageContext,
): Middleware {
  return middleware("form", {}, async (items, next) => {
    const outcome = await next();
    const ctx = items as unknown as PageContext; // what the kernel hands to middleware is the plan's whole context
    const refused = refusedForm(outcome, action);
    if (refused === undefined || !wantsHtml(ctx)) return outcome;
    const form: AnyFormState = { ...NOTHING_SENT, sent: true, ...forms.of(ctx.incoming), ...refused };
    const shown = await showPage(showing, ctx, form, { status: outcome.status, seen: asLoader(ctx) });
    return shown instanceof Response ? shown : toOutcome(shown, outcome);
  });
}

/** Why a form was refused; `undefined` for what its page cannot help. */
function refusedForm(outcome: Outcome, { shape }: Route): Partial<AnyFormState> | undefined {
  const problem: ProblemDocument | undefined = problemIn(outcome);
  if (problem === undefined || problem.status >= 500 || problem.status === 404) return undefined;
  if (problem.name === "invalid")
    return problem.errors?.every((error) => error.in === "body") === true ? readErrors(problem.errors) : undefined;
  if (!Object.hasOwn(shape.problems ?? {}, problem.name)) return undefined;
  const { name, status, title, detail, data } = problem;
  return { problem: { name, status, title, detail, data } };
}

/** A page as a middleware answers it. The problem's own headers stay, such as `retry-after`. */
function toOutcome({ status, value, headers }: Reply, refused: Outcome): Outcome {
  const kept = refused.headers.filter((_, i) => refused.headers[i - (i % 2)] !== "content-type");
  return { status, headers: [...headerList(headers), ...kept, "vary", "accept"], body: value as Outcome["body"] };
}
