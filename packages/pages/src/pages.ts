import { kernelError, lazy, type Mount, type Route, type Schema, type Use } from "@openspeed/core";
import { pageClient } from "./client.ts";
import { failures, type Handed, wantsHtml } from "./failures.ts";
import { getRoute, type Showing } from "./get-route.ts";
import { useForIslands } from "./island.ts";
import { loadLayouts, loadPage, type PagePlace, type StandIn } from "./load.ts";
import type { Layout, Stand } from "./page.ts";
import { PageError } from "./fault.ts";
import { postRoute } from "./post-route.ts";
import type { Renderer } from "./renderer.ts";
import { sameOrigin } from "./same-origin.ts";
import { admission, give, mergeProblems, mergeUses, type PageContext } from "./visit.ts";

interface Placed {
  /** Its folders' items, outermost first. */
  readonly use?: readonly Use[];
  /** As in `Mount`. */
  readonly matchers?: { readonly [param: string]: Schema };
}

/** A folder's not-found page: it answers where nothing else does below its path. */
export interface NotFoundPlace extends Placed {
  /** `"/admin/*path"` */
  readonly path: string;
  readonly source: string;
  readonly layouts?: readonly (() => Promise<{ readonly default: Layout }>)[];
  readonly view: () => Promise<{ readonly default: Stand<"not-found"> }>;
  /** For what its folders' guards refuse. */
  readonly error?: StandIn<"error">;
}

export interface Pages {
  /** A page's mounts: GET and, with an action, POST. Its modules are imported when they are first needed. */
  mounts(place: PagePlace & Placed): readonly Mount[];
  /** A not-found page's mount, of the method `404`. */
  notFound(place: NotFoundPlace): readonly Mount[];
}

/** Pages by a renderer: what `@openspeed/pages/preact` and `@openspeed/pages/react` are. */
export function pagesWith(renderer: Renderer): Pages {
  useForIslands(renderer);
  // What all places within a layout have is at least what is handed down to it.
  const shared = new WeakMap<object, readonly Use[]>();
  const handed: Handed = (layout) => shared.get(layout);
  const note = (layouts: readonly object[], use: readonly Use[]): void => {
    for (const layout of layouts) shared.set(layout, shared.get(layout)?.filter((item) => use.includes(item)) ?? use);
  };
  return {
    mounts(place) {
      const { path, source, use = [], matchers, action = false } = place;
      note(place.layouts ?? [], use);
      const shown = failures(renderer, place, handed);
      const showing = async (): Promise<Showing> => ({ renderer, place, loaded: await loadPage(place) });
      const placed = { path, source, ...(matchers === undefined ? {} : { matchers }) };
      const get: Mount = {
        ...placed,
        method: "GET",
        use: [shown, ...use, admission],
        route: lazy(async () => getRoute(await showing())),
      };
      if (!action) return [get];
      const post = async (): Promise<Route> => {
        const ready = await showing();
        if (ready.loaded.action === undefined) throw new PageError("OS_ACTION_EXPORT", `${source} exports no action.`);
        return postRoute(ready, ready.loaded.action);
      };
      return [get, { ...placed, method: "POST", use: [shown, sameOrigin, ...use, admission], route: lazy(post) }];
    },

    notFound({ path, source, use = [], layouts = [], view, error, matchers }) {
      note(layouts, use);
      const notFound: StandIn<"not-found"> = { view, layouts: layouts.length };
      const stands = { source, layouts, notFound, ...(error === undefined ? {} : { error }) };
      const route = lazy(async () => notFoundRoute(await loadLayouts(layouts, source), source));
      const placed = { path, source, ...(matchers === undefined ? {} : { matchers }) };
      return [{ ...placed, method: "404", use: [failures(renderer, stands, handed), ...use, admission], route }];
    },
  };
}

/** Lets the layouts around it load, and answers with the problem, which is shown within them. */
function notFoundRoute(layouts: readonly Layout[], source: string): Route {
  const loaders = layouts.map(({ loader }) => loader);
  return {
    kind: "route",
    shape: { use: [pageClient, ...mergeUses(loaders)], problems: mergeProblems(loaders, source) },
    run: async (ctx: PageContext) => {
      if (wantsHtml(ctx)) await Promise.allSettled(loaders.map((loader) => give(ctx, loader, source)));
      throw kernelError("notFound");
    },
  };
}
