import type { Reply, Route } from "@openspeed/core";
import { type Csp, checkCsp } from "./csp.ts";
import { PageError } from "./fault.ts";
import type { FormState } from "./form.ts";
import type { Head } from "./head.ts";

/** A loader's value as views get it: what a reply carries, and nothing of what leaves the page. */
export type LoaderValue<L> = [L] extends [Route<infer T>]
  ? T extends { readonly result: infer R }
    ? Loaded<R>
    : {}
  : {};
type Loaded<R> = R extends Response | Reply<number, undefined> | undefined | void | null
  ? never
  : R extends Reply<number, infer V>
    ? V
    : R;
// A loader that only ever leaves or gives nothing adds nothing.
type Spread<V> = [V] extends [never] ? {} : V;
/** What a view gets, written out, so that editors and messages show it. The request's own go before a loader's of their name. */
type Props<V, Own> = [keyof V & keyof Own] extends [never] ? Flat<V & Own> : Flat<Without<V, keyof Own> & Own>;
type Flat<T> = { [K in keyof T]: T[K] };
type Without<T, Names> = { [K in keyof T as Exclude<K, Names>]: T[K] };

type Out<S, Otherwise> = S extends { readonly "~standard": { readonly types?: infer T } }
  ? NonNullable<T> extends { readonly output: infer O }
    ? O
    : Otherwise
  : Otherwise;
type Params<L> =
  L extends Route<infer T>
    ? T extends { readonly params: infer P }
      ? Out<P, Readonly<Record<string, string>>>
      : Readonly<Record<string, string>>
    : Readonly<Record<string, string>>;

/** What a page's view gets: its loader's value by name, and the request's own. */
export type PageProps<L = undefined, A = undefined> = Props<
  Spread<LoaderValue<L>>,
  {
    /** What became of the form that was sent. */
    readonly form: FormState<A>;
    readonly url: URL;
    readonly params: Params<L>;
  }
>;

/** What a layout shows between its own parts. It can only be passed on. */
export type Children = never;

/** What a layout's view gets. */
export type LayoutProps<L = undefined> = Props<
  Spread<LoaderValue<L>>,
  {
    readonly children: Children;
    readonly url: URL;
    readonly params: Readonly<Record<string, unknown>>;
  }
>;

/** What went wrong, for a view. Never a stack, never what an undeclared error says. */
export interface PageProblem {
  readonly status: number;
  readonly name: string;
  readonly title: string;
  readonly detail: string | undefined;
  /** `urn:uuid:…` where the app failed: the id under which `onError` was told, to be shown to who asks for help. */
  readonly instance?: string | undefined;
}

export interface ErrorProps {
  readonly problem: PageProblem;
  readonly url: URL;
}

type View<Props> = (props: Props) => unknown;
type AnyView = (props: never) => unknown;
type HeadOf<Props> = Head | ((props: Props) => Head);
type AnyHead = Head | ((props: never) => Head);

export interface Page<L = unknown, A = unknown> {
  readonly kind: "page";
  readonly loader: Route | undefined;
  readonly action: Route | undefined;
  readonly head: AnyHead | undefined;
  readonly view: AnyView;
  readonly "~types"?: { readonly loader: L; readonly action: A };
}

export interface PageOptions<L, A> {
  /** Gives the view its values: a route, so typed, guarded and in the graph. */
  readonly loader?: L;
  /** Takes the page's form; also exported as `action`, by which the router sees it. */
  readonly action?: A;
  readonly head?: HeadOf<PageProps<L, A>>;
}

/**
 * Makes a page.
 *
 * @example
 * export const loader = route({ use: [db] }, ({ db }) => ({ tickets: db.all() }));
 * export default page({ loader, head: { title: "Tickets" } }, ({ tickets }) => <TicketList tickets={tickets} />);
 */
export function page(view: View<PageProps>): Page<undefined, undefined>;
export function page<const L extends Route>(loader: L, view: View<PageProps<L>>): Page<L, undefined>;
export function page<const L extends Route | undefined = undefined, const A extends Route | undefined = undefined>(
  options: PageOptions<L, A>,
  view: View<PageProps<L, A>>,
): Page<L, A>;
export function page(
  first: AnyView | Route | { readonly loader?: Route; readonly action?: Route; readonly head?: AnyHead },
  second?: AnyView,
): Page<never, never> {
  const view = typeof first === "function" ? first : second;
  if (typeof view !== "function")
    throw new PageError(
      "OS_PAGE_VIEW",
      "page() got no view. Write page(View), page(loader, View) or page({ loader }, View).",
    );
  if (typeof first === "function") return { kind: "page", loader: undefined, action: undefined, head: undefined, view };
  if ("kind" in first) return { kind: "page", loader: first, action: undefined, head: undefined, view };
  return { kind: "page", loader: first.loader, action: first.action, head: first.head, view };
}

export interface Layout {
  readonly kind: "layout";
  readonly loader: Route | undefined;
  readonly head: AnyHead | undefined;
  /** Added to the pages' policy; `false` sends none. */
  readonly csp: Csp | false;
  readonly view: AnyView;
}

export interface LayoutOptions<L> {
  /** Gives the view its values. It has the page's path, so it declares no params, query or body of its own. */
  readonly loader?: L;
  readonly head?: HeadOf<Omit<LayoutProps<L>, "children">>;
  /** Added to the content security policy of the pages within; `false` turns it off for them. */
  readonly csp?: Csp | false;
}

/**
 * Makes a layout: what stands around the pages of a folder and below.
 *
 * @example
 * export default layout({ head: { titleTemplate: "%s · Desk" } }, ({ children }) => <main>{children}</main>);
 */
export function layout(view: View<LayoutProps>): Layout;
export function layout<const L extends Route | undefined = undefined>(
  options: LayoutOptions<L>,
  view: View<LayoutProps<L>>,
): Layout;
export function layout(
  first: AnyView | { readonly loader?: Route; readonly head?: AnyHead; readonly csp?: Csp | false },
  second?: AnyView,
): Layout {
  const view = typeof first === "function" ? first : second;
  if (typeof view !== "function")
    throw new PageError("OS_PAGE_VIEW", "layout() got no view. Write layout(View) or layout({ loader }, View).");
  if (typeof first === "function") return { kind: "layout", loader: undefined, head: undefined, csp: {}, view };
  const { csp = {} } = first;
  if (csp !== false) checkCsp(csp, "layout({ csp })");
  return { kind: "layout", loader: first.loader, head: first.head, csp, view };
}

/** What is shown instead of a page. */
export interface Stand<Kind extends "error" | "not-found" | "loading" = "error" | "not-found" | "loading"> {
  readonly kind: Kind;
  readonly view: AnyView;
}

/**
 * Shown when something goes wrong: a declared problem with its words, anything else as "Internal server error".
 *
 * @example
 * export default errorView(({ problem }) => <h1>{problem.title}</h1>);
 */
export function errorView(view: View<ErrorProps>): Stand<"error"> {
  return { kind: "error", view };
}

/** Shown where nothing is: with status 404. */
export function notFoundView(view: View<ErrorProps>): Stand<"not-found"> {
  return { kind: "not-found", view };
}

/** Shown while a page's loader works; the page is then sent as a stream. */
export function loadingView(view: View<{ readonly url: URL }>): Stand<"loading"> {
  return { kind: "loading", view };
}
