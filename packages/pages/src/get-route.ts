import { type AnyShape, type Reply, reply, type Route } from "@openspeed/core";
import { pageClient } from "./client.ts";
import { type AnyFormState, NOTHING_SENT } from "./form.ts";
import type { LoadedPage, PagePlace } from "./load.ts";
import { headOf, pageHeaders, renderDocument, type Scene, sceneOf, viewOf } from "./render.ts";
import type { Renderer } from "./renderer.ts";
import { renderStaged } from "./staged.ts";
import { type Inside, plainWords, problemOf, standIn } from "./stand-in.ts";
import { toBody } from "./body.ts";
import { beforeDeadline, type Given, give, mergeProblems, mergeUses, type PageContext } from "./visit.ts";

/** A page at its place, ready to be shown. */
export interface Showing {
  readonly renderer: Renderer;
  readonly place: PagePlace;
  readonly loaded: LoadedPage;
}

/** The route that shows a page: its loader's inputs, and all that its loader and its layouts use and declare. */
export function getRoute(showing: Showing): Route {
  const { page, layouts } = showing.loaded;
  const loaders = [...layouts.map(({ loader }) => loader), page.loader];
  const { output: _output, body: _body, offers: _offers, ...own } = shapeOf(page.loader);
  return {
    kind: "route",
    shape: {
      ...own,
      use: [pageClient, ...mergeUses(loaders)],
      problems: mergeProblems(loaders, showing.place.source),
      offers: ["text/html"],
    },
    run: (ctx: PageContext) =>
      showing.loaded.loading === undefined ? showPage(showing, ctx, NOTHING_SENT) : showInStages(showing, ctx),
  };
}

function shapeOf(route: Route | undefined): AnyShape {
  return route?.shape ?? {};
}

/** What a shown page says beside itself. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Reply["headers"];
  /** The context as the page's loader sees it, where that is not the request's own. */
  readonly seen?: PageContext;
}

/**
 * A page within its layouts, with the status that its loader's end decides. Rejects with the problem if there is one: the
 * outermost item of the route shows it.
 */
export async function showPage(
  showing: Showing,
  ctx: PageContext,
  form: AnyFormState,
  answer: Answer = {},
): Promise<Reply | Response> {
  const { page, layouts } = showing.loaded;
  const { seen = ctx } = answer;
  const pending = [...giveLayouts(showing, ctx), give(ctx, page.loader, showing.place.source, seen)];
  const given = await outermostFirst(pending);
  const away = given.find(({ leave }) => leave !== undefined)?.leave;
  if (away !== undefined) return away;
  const own = given[layouts.length];
  const scene = sceneFor(showing, ctx, given);
  const inside = pageInside(showing, scene, own, form, seen);
  const body = await toBody(renderDocument(scene, inside.element, inside.heads));
  const headers = joinHeaders(
    given.map(({ headers }) => headers),
    answer.headers,
  );
  return reply(answer.status ?? own?.status ?? 200, body, pageHeaders(scene, headers));
}

async function showInStages(showing: Showing, ctx: PageContext): Promise<Reply | Response> {
  const { loaded, place, renderer } = showing;
  const { page, loading } = loaded;
  const own = give(ctx, page.loader, place.source);
  own.catch(() => undefined); // awaited in its stage
  const around = await outermostFirst(giveLayouts(showing, ctx));
  const away = around.find(({ leave }) => leave !== undefined)?.leave;
  if (away !== undefined || loading === undefined) return away ?? showPage(showing, ctx, NOTHING_SENT);
  const scene = sceneFor(showing, ctx, around);
  const stages = {
    loading,
    head: typeof page.head === "function" ? undefined : (page.head ?? {}),
    content: async (): Promise<Inside> => {
      const given = await beforeDeadline(ctx, own);
      return given.leave === undefined
        ? pageInside(showing, scene, given, NOTHING_SENT, ctx)
        : goOn(renderer, given.leave);
    },
    failed: (error: unknown) => standIn(renderer, place, problemOf(error), scene.url),
    plain: (error: unknown) => plainWords(renderer, problemOf(error)),
    report: (error: unknown) => {
      if (!problemOf(error).declared) scene.report(error);
    },
  };
  const body = await toBody(renderStaged(scene, stages));
  return reply(200, body, pageHeaders(scene, joinHeaders(around.map(({ headers }) => headers))));
}

function giveLayouts({ loaded, place }: Showing, ctx: PageContext): Promise<Given>[] {
  return loaded.layouts.map(({ loader }) => give(ctx, loader, place.source));
}

/** All of them, or the outermost one's failure, whichever fails first in time. */
async function outermostFirst(pending: readonly Promise<Given>[]): Promise<readonly Given[]> {
  for (const each of pending) each.catch(() => undefined);
  const all: Given[] = [];
  for (const each of pending) all.push(await each);
  return all;
}

function sceneFor({ renderer, loaded: { layouts } }: Showing, ctx: PageContext, given: readonly Given[]): Scene {
  return sceneOf(
    renderer,
    ctx,
    layouts.map((layout, i) => ({ layout, values: given[i]?.values ?? {} })),
  );
}

function pageInside(
  { renderer, loaded: { page } }: Showing,
  { url }: Scene,
  given: Given | undefined,
  form: AnyFormState,
  { params }: PageContext,
): Inside {
  const props = { ...given?.values, form, url, params };
  return { element: viewOf(renderer, page.view, props), heads: [headOf(page.head, props)] };
}

/**
 * A redirect that comes when the status is already sent. Its place stands in quotes: one that begins with a quote would lose
 * it (HTML §4.2.5.3, "shared declarative refresh steps"), and lead elsewhere than it was judged to.
 */
function goOn({ element }: Renderer, away: Reply | Response): Inside {
  const to = away instanceof Response ? away.headers.get("location") : away.headers["location"];
  const location = (typeof to === "string" ? to : "").replaceAll('"', "%22");
  const link = element("a", { href: location }, location);
  return {
    element: element("p", {}, link),
    heads: [{ meta: [{ "http-equiv": "refresh", content: `0; url="${location}"` }] }],
  };
}

function joinHeaders(list: readonly Reply["headers"][], last: Reply["headers"] = {}): Reply["headers"] {
  const joined: Record<string, string | readonly string[]> = {};
  for (const headers of [...list, last]) {
    for (const [name, value] of Object.entries(headers)) {
      const key = name.toLowerCase();
      const before = joined[key];
      joined[key] = key === "set-cookie" && before !== undefined ? [before, value].flat() : value;
    }
  }
  return joined;
}
