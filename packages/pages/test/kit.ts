import { createApp, type App, type AppOptions } from "@openspeed/core";
import { createElement, Suspense as ReactSuspense, use } from "react";
import { h } from "preact";
import { Suspense as PreactSuspense } from "preact/compat";
import { pages as preactPages, preactRenderer } from "../src/preact.ts";
import { pages as reactPages, reactRenderer } from "../src/react.ts";
import type { Layout, Page, PagePlace, Pages, Renderer, Stand } from "../src/index.ts";

type Props = Record<string, unknown>;
type View = (props: never) => unknown;
/** Makes an element of whichever library is being tested. */
export type H = (type: string | View, props?: Props | null, ...children: unknown[]) => never;

export interface Library {
  readonly name: "preact" | "react";
  readonly pages: Pages;
  readonly renderer: Renderer;
  readonly h: H;
  /** What suspends until a promise is settled. */
  readonly suspended: (waiting: Promise<string>, fallback: unknown) => never;
}

/** Throws its promise, as Preact's data libraries do. */
function waiter(promise: Promise<string>): () => string {
  let state: { readonly value: string } | { readonly error: unknown } | undefined;
  const settled = promise.then(
    (value) => void (state = { value }),
    (error: unknown) => void (state = { error }),
  );
  return () => {
    // oxlint-disable-next-line typescript/only-throw-error
    if (state === undefined) throw settled;
    if ("error" in state) throw state.error;
    return state.value;
  };
}

export const libraries: readonly Library[] = [
  {
    name: "preact",
    pages: preactPages,
    renderer: preactRenderer,
    h: h as unknown as H,
    suspended: (waiting, fallback) => {
      const read = waiter(waiting);
      return h(
        PreactSuspense,
        { fallback: fallback as never },
        h(() => h("b", {}, read()), {}),
      ) as never;
    },
  },
  {
    name: "react",
    pages: reactPages,
    renderer: reactRenderer,
    h: createElement as unknown as H,
    suspended: (waiting, fallback) => {
      const Waiting = (): unknown => createElement("b", {}, use(waiting));
      return createElement(ReactSuspense, { fallback: fallback as never }, createElement(Waiting as never)) as never;
    },
  },
];

type Place = Parameters<Pages["mounts"]>[0];

/** A place whose modules are at hand. */
export interface Simple extends Partial<Omit<Place, "page" | "layouts" | "error" | "notFound" | "loading">> {
  readonly page: Page;
  readonly module?: { readonly action?: unknown };
  readonly layouts?: readonly Layout[];
  readonly error?: Stand<"error">;
  readonly errorLayouts?: number;
  readonly notFound?: Stand<"not-found">;
  readonly loading?: Stand<"loading">;
}

const given =
  <T>(made: T) =>
  (): Promise<{ readonly default: T }> =>
    Promise.resolve({ default: made });

export function placeOf({
  page,
  module,
  layouts = [],
  error,
  errorLayouts,
  notFound,
  loading,
  ...rest
}: Simple): Place {
  const count = errorLayouts ?? layouts.length;
  const place: PagePlace = {
    path: "/",
    source: "routes/page.tsx",
    page: () => Promise.resolve({ default: page, ...module }),
    layouts: layouts.map(given),
    ...(error === undefined ? {} : { error: { view: given(error), layouts: count } }),
    ...(notFound === undefined ? {} : { notFound: { view: given(notFound), layouts: layouts.length } }),
    ...(loading === undefined ? {} : { loading: { view: given(loading) } }),
  };
  return { ...place, ...rest };
}

export interface Site {
  readonly app: App;
  /** What the app was told of. */
  readonly errors: unknown[];
  /** The next error that the app is told of. */
  readonly nextError: () => Promise<unknown>;
  readonly get: (target?: string, headers?: Record<string, string>) => Promise<Shown>;
  readonly post: (
    fields: Record<string, string> | URLSearchParams | FormData,
    headers?: Record<string, string>,
    target?: string,
  ) => Promise<Shown>;
}

export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

export function siteOf(options: AppOptions): Site {
  const errors: unknown[] = [];
  let tell: (error: unknown) => void = () => undefined;
  const app = createApp({
    mode: "test",
    ...options,
    onError: (error) => {
      errors.push(error);
      tell(error);
    },
  });
  const ask = async (target: string, init: RequestInit): Promise<Shown> => {
    const answer = await app.fetch(new Request(`http://site.test${target}`, init));
    return { status: answer.status, headers: answer.headers, html: await answer.text() };
  };
  return {
    app,
    errors,
    nextError: () => new Promise((resolve) => (tell = resolve)),
    get: (target = "/", headers = { accept: "text/html" }) => ask(target, { headers }),
    post: (fields, headers = {}, target = "/") =>
      ask(target, {
        method: "POST",
        body: fields instanceof FormData ? fields : new URLSearchParams(fields),
        headers: { accept: "text/html", ...headers },
      }),
  };
}

/** One page at a place. */
export function siteWith(library: Library, place: Simple, options: AppOptions = {}): Site {
  return siteOf({ ...options, routes: library.pages.mounts(placeOf(place)) });
}

/** What stands between body's tags. */
export function bodyOf(html: string): string {
  return /<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? `no body in ${html}`;
}

export function headOf(html: string): string {
  return /<head>([\s\S]*?)<\/head>/.exec(html)?.[1] ?? `no head in ${html}`;
}

export function nonceOf(headers: Headers): string {
  return /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "none";
}

/** The chunks of a body, one at a time. */
export async function* chunksOf(answer: Response): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) yield decoder.decode(chunk, { stream: true });
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export function deferred<T>(): Deferred<T> {
  return Promise.withResolvers<T>();
}
