import type { Route } from "@openspeed/core";
import { PageError } from "./fault.ts";
import type { Layout, Page, Stand } from "./page.ts";

/** A module as a file router imports it. */
type Load<T> = () => Promise<{ readonly default: T }>;

/** An error, not-found or loading view, and how many of the place's layouts, outermost first, stand around it. */
export interface StandIn<Kind extends Stand["kind"]> {
  readonly view: Load<Stand<Kind>>;
  readonly layouts?: number;
}

/** Where a page stands: what the generated list of routes says of it. */
export interface PagePlace {
  readonly path: string;
  /** The page's file, for messages and the graph. */
  readonly source: string;
  readonly page: () => Promise<{ readonly default: Page; readonly action?: unknown }>;
  /** Whether the page takes a form: it is then mounted for POST as well. */
  readonly action?: boolean;
  /** Outermost first. */
  readonly layouts?: readonly Load<Layout>[];
  readonly error?: StandIn<"error">;
  readonly notFound?: StandIn<"not-found">;
  readonly loading?: { readonly view: Load<Stand<"loading">> };
}

export interface LoadedPage {
  readonly page: Page;
  readonly action: Route | undefined;
  readonly layouts: readonly Layout[];
  readonly loading: Stand<"loading"> | undefined;
}

/** @throws PageError for modules that export something else */
export async function loadPage({ page, action, layouts = [], loading, source }: PagePlace): Promise<LoadedPage> {
  const [module, around, waiting] = await Promise.all([page(), loadLayouts(layouts, source), loading?.view()]);
  const made = expected<Page>(module.default, "page", source, "page");
  if (waiting !== undefined) expected(waiting.default, "loading", `The _loading of ${source}`, "loadingView");
  if (made.action !== undefined && module.action !== made.action)
    throw new PageError(
      "OS_ACTION_EXPORT",
      `${source} gives page() an action that it does not export. Write \`export const action = route(…)\`: by that the router sees that POST exists.`,
    );
  if (action === true && !isRoute(module.action))
    throw new PageError(
      "OS_ACTION_EXPORT",
      `${source} exports no action made by route(). Write \`export const action = route(…)\`.`,
    );
  return {
    page: made,
    action: isRoute(module.action) ? module.action : undefined,
    layouts: around,
    loading: waiting?.default,
  };
}

export async function loadLayouts(layouts: readonly Load<Layout>[], source: string): Promise<readonly Layout[]> {
  return Promise.all(
    layouts.map(async (load, i) => {
      const made = expected<Layout>((await load()).default, "layout", `Layout ${i + 1} around ${source}`, "layout");
      const { params, query, headers, cookies, body } = made.loader?.shape ?? {};
      if ((params ?? query ?? headers ?? cookies ?? body) !== undefined)
        throw new PageError(
          "OS_LAYOUT_INPUT",
          `Layout ${i + 1} around ${source} has a loader that declares inputs. It stands around many pages: let it use providers, and leave inputs to the page's loader.`,
        );
      return made;
    }),
  );
}

export async function loadView(
  { view }: StandIn<"error" | "not-found">,
  kind: "error" | "not-found",
  source: string,
): Promise<Stand> {
  const maker = kind === "error" ? "errorView" : "notFoundView";
  return expected<Stand>((await view()).default, kind, `The _${kind} of ${source}`, maker);
}

function expected<T extends { readonly kind: string }>(
  made: unknown,
  kind: T["kind"],
  where: string,
  maker: string,
): T {
  if (typeof made === "object" && made !== null && "kind" in made && made.kind === kind) return made as T; // only its maker gives it this kind
  throw new PageError(
    "OS_PAGE_EXPORT",
    `${where} exports by default what ${maker}() did not make. Write \`export default ${maker}(…)\`.`,
  );
}

function isRoute(value: unknown): value is Route {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "route";
}
