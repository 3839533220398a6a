import { type Middleware, middleware, type Outcome, problemTypes, type Use, withHeaders } from "@openspeed/core";
import { pageClient } from "./client.ts";
import { headerList } from "./headers.ts";
import { loadLayouts, type PagePlace } from "./load.ts";
import type { Layout } from "./page.ts";
import { type Layer, pageHeaders, renderDocument, type Scene, sceneOf } from "./render.ts";
import type { Renderer } from "./renderer.ts";
import {
  chooseStandIn,
  type Inside,
  plainWords,
  type ProblemDocument,
  problemIn,
  standIn,
  type StandIns,
} from "./stand-in.ts";
import { toBody } from "./body.ts";
import { canRun, give, type PageContext } from "./visit.ts";

/** Who asks for HTML gets it; who asks for JSON gets the problem as it is. */
const OFFERS = ["text/html", "application/problem+json", "application/json"];

export function wantsHtml(ctx: Pick<PageContext, "accepts">): boolean {
  return ctx.accepts(OFFERS) === OFFERS[0];
}

/** What folders hand down to a layout, or more than that. */
export type Handed = (layout: object) => readonly Use[] | undefined;

/** Stands outermost on a page's route and shows every problem, the guards' too, as a page with the problem's status. */
export function failures(renderer: Renderer, place: StandIns & Pick<PagePlace, "layouts">, handed: Handed): Middleware {
  return middleware("page", { use: [pageClient], meta: [problemTypes(["text/html"])] }, async (ctx, next) => {
    const outcome = await next();
    const problem = problemIn(outcome);
    if (problem === undefined) return outcome;
    if (!wantsHtml(ctx)) return withHeaders(outcome, { vary: "accept" });
    // What the kernel hands to middleware is the plan's whole context.
    return show(ctx as unknown as PageContext, problem, outcome);
  });

  async function show(ctx: PageContext, problem: ProblemDocument, outcome: Outcome): Promise<Outcome> {
    const { layouts = [], source } = place;
    try {
      const count = chooseStandIn(place, problem.status)?.layouts ?? 1;
      const layers = await layersFor(
        ctx,
        await loadLayouts(layouts.slice(0, count), source),
        source,
        layouts.map(handed),
      );
      const scene = sceneOf(renderer, ctx, layers);
      return await answer(scene, await standIn(renderer, place, problem, scene.url), problem, outcome);
    } catch (error) {
      const bare = sceneOf(renderer, ctx, []);
      bare.report(error);
      return answer(bare, plainWords(renderer, problem), problem, outcome);
    }
  }
}

async function answer(scene: Scene, inside: Inside, { status }: ProblemDocument, before: Outcome): Promise<Outcome> {
  const body = await toBody(renderDocument(scene, inside.element, inside.heads));
  const own = headerList(pageHeaders(scene));
  const said = new Set([...own.filter((_, i) => i % 2 === 0), "content-length"]);
  const kept = before.headers.filter((_, i) => !said.has(before.headers[i - (i % 2)] ?? ""));
  return withHeaders({ status, headers: [...own, ...kept], body }, { vary: "accept" });
}

/** The layouts whose values are there or can be had; what a guard kept a layout from seeing, its error page does not show. */
async function layersFor(
  ctx: PageContext,
  layouts: readonly Layout[],
  source: string,
  handed: readonly (readonly Use[] | undefined)[],
): Promise<readonly Layer[]> {
  return Promise.all(
    layouts.map(async (layout, i): Promise<Layer> => {
      if (layout.loader === undefined) return { layout, values: {} };
      if (!canRun(ctx, layout.loader, handed[i])) return { layout, values: undefined };
      try {
        const { values, leave } = await give(ctx, layout.loader, source);
        return { layout, values: leave === undefined ? values : undefined };
      } catch {
        return { layout, values: undefined }; // the problem that is being shown, or one more of its kind
      }
    }),
  );
}
