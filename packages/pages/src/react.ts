import { type ComponentType, createContext, createElement, type ReactNode, useContext } from "react";
import { renderToReadableStream, renderToString } from "react-dom/server";
import { ISLAND } from "./element.ts";
import { isWithinIsland, withinIsland, writeProps } from "./island.ts";
import { type Pages, pagesWith } from "./pages.ts";
import type { Component, Renderer, RenderOptions } from "./renderer.ts";
import { textOf } from "./text.ts";

type AnyComponent = ComponentType<Record<string, unknown>>;

/** Who is rendering, for islands to report to. */
const Rendering = createContext<Pick<RenderOptions, "onIsland"> | undefined>(undefined);

export const reactRenderer: Renderer = {
  name: "react",
  awaits: true,
  element: (type, props, ...children) => createElement(type as string, { ...props }, ...(children as ReactNode[])),
  stream: (element, options) => stream(element as ReactNode, options),
  island: (component: Component, id) => {
    const inner = component as AnyComponent;
    return function Island(props: Record<string, unknown>) {
      const rendering = useContext(Rendering);
      if (isWithinIsland()) return createElement(inner, props);
      rendering?.onIsland();
      const data = writeProps(props, id);
      // A root of its own, as it is in the browser: neither context nor ids come from outside.
      const html = withinIsland(() => renderToString(createElement(inner, props)));
      return createElement(ISLAND, {
        style: { display: "contents" },
        "data-id": id,
        "data-props": data,
        dangerouslySetInnerHTML: { __html: html },
      });
    };
  },
};

/** Rejects as long as nothing was written; React itself keeps the rest in order when a suspended part fails later. */
async function stream(element: ReactNode, options: RenderOptions): Promise<AsyncGenerator<string, void>> {
  let begun = false;
  const source = await renderToReadableStream(createElement(Rendering.Provider, { value: options }, element), {
    nonce: options.nonce,
    // What fails before the first chunk is thrown, and so told by whoever asked.
    onError: (error) => {
      if (begun) options.onError(error);
    },
  });
  begun = true;
  return textOf(source);
}

/** Pages rendered by React. */
export const pages: Pages = pagesWith(reactRenderer);
