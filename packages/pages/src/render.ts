import type { Reply } from "@openspeed/core";
import type { PageClient } from "./client.ts";
import { makeNonce, writeCsp } from "./csp.ts";
import { closeDocument, openDocument } from "./document.ts";
import { type Head, mergeHeads } from "./head.ts";
import { PageError } from "./fault.ts";
import type { Layout } from "./page.ts";
import type { Component, Renderer, RenderOptions } from "./renderer.ts";
import { type PageContext, urlOf } from "./visit.ts";

/** A layout with what its loader gave. */
export interface Layer {
  readonly layout: Layout;
  /** `undefined` where its loader could not run: it is not shown, but its styles and its policy count. */
  readonly values: Readonly<Record<string, unknown>> | undefined;
}

/** All that one document is made of. */
export interface Scene {
  readonly renderer: Renderer;
  readonly client: PageClient;
  readonly nonce: string;
  readonly url: URL;
  readonly params: Readonly<Record<string, unknown>>;
  readonly report: (error: unknown) => void;
  /** Outermost first. */
  readonly layers: readonly Layer[];
}

export function sceneOf(renderer: Renderer, ctx: PageContext, layers: readonly Layer[]): Scene {
  return {
    renderer,
    layers,
    // Every page's route lists the provider.
    client: (ctx as PageContext & { readonly pageClient: PageClient }).pageClient,
    nonce: makeNonce(),
    url: urlOf(ctx),
    params: ctx.rawParams,
    report: ctx.report,
  };
}

/** The layouts around an inside, as one tree, so that what a layout provides reaches the page. */
export function compose({ renderer, layers, url, params }: Scene, inside: unknown): unknown {
  return layers.reduceRight(
    (children, { layout, values }) =>
      values === undefined ? children : viewOf(renderer, layout.view, { ...values, url, params, children }),
    inside,
  );
}

/** A view with what it gets. Libraries keep props named `key` or `ref` to themselves, and a loader's values may have any name. */
export function viewOf(renderer: Renderer, view: Component, props: Readonly<Record<string, unknown>>): unknown {
  return renderer.element(renderer.awaits === true ? Shown : ShownAtOnce, { view, props });
}

interface Showing {
  readonly view: (props: object) => unknown;
  readonly props: object;
}

function Shown({ view, props }: Showing): unknown {
  return view(props);
}

/** What would be an empty page is an error. */
function ShownAtOnce({ view, props }: Showing): unknown {
  const shown = view(props);
  if (shown instanceof Promise) {
    shown.catch(() => undefined);
    throw new PageError(
      "OS_PAGE_VIEW",
      "The view of a page or layout is asynchronous, of which nothing would be shown. Load what it needs in its loader, and take async from the view.",
    );
  }
  return shown;
}

/** What the layouts say about the document. */
export function layerHeads({ layers, url, params }: Scene): readonly Head[] {
  return layers.map(({ layout: { head }, values }) =>
    values === undefined && typeof head === "function" ? {} : headOf(head, { ...values, url, params }),
  );
}

export function headOf(head: Head | ((props: never) => Head) | undefined, props: object): Head {
  return typeof head === "function" ? (head as (props: object) => Head)(props) : (head ?? {});
}

/** A rendering that counts its islands. */
export function renderOptions({ nonce, report }: Scene): RenderOptions & { islands: boolean } {
  const options = {
    nonce,
    islands: false,
    onError: report,
    onIsland: (): void => {
      options.islands = true;
    },
  };
  return options;
}

/** A whole document; fails before its first chunk or not at all. */
export async function* renderDocument(
  scene: Scene,
  inside: unknown,
  heads: readonly Head[],
): AsyncGenerator<string, void> {
  const options = renderOptions(scene);
  const chunks = await scene.renderer.stream(compose(scene, inside), options);
  const head = mergeHeads([...layerHeads(scene), ...heads]);
  yield openDocument(head, scene.client, scene.nonce);
  yield* chunks;
  yield closeDocument(scene.client, scene.nonce, options.islands);
}

/**
 * What a page's answer says beside its HTML. Pages are made for whoever asks, so they are kept by nobody without asking
 * again; a loader's `reply` may say otherwise.
 */
export function pageHeaders({ layers, client, nonce }: Scene, own: Reply["headers"] = {}): Reply["headers"] {
  const csp = layers.map(({ layout }) => layout.csp);
  const additions = [...csp, client.csp ?? {}].filter((each) => each !== false);
  return {
    ...(csp.includes(false) ? {} : { "content-security-policy": writeCsp(nonce, additions) }),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cache-control": "private, no-cache",
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name.toLowerCase(), value])),
    "content-type": "text/html; charset=utf-8",
  };
}
