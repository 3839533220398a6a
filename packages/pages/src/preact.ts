import { type ComponentType, createContext, h, type VNode } from "preact";
import { useContext } from "preact/hooks";
import { renderToString } from "preact-render-to-string";
import { renderToReadableStream } from "preact-render-to-string/stream";
import { ISLAND } from "./element.ts";
import { isWithinIsland, withinIsland, writeProps } from "./island.ts";
import { type Pages, pagesWith } from "./pages.ts";
import type { Component, Renderer, RenderOptions } from "./renderer.ts";

type AnyComponent = ComponentType<Record<string, unknown>>;

/** Who is rendering, for islands to report to. */
const Rendering = createContext<Pick<RenderOptions, "onIsland"> | undefined>(undefined);

export const preactRenderer: Renderer = {
  name: "preact",
  element: (type, props, ...children) => h(type as string, { ...props }, ...(children as VNode[])),
  stream: (element, options) => Promise.resolve(stream(element, options)),
  island: (component: Component, id) => {
    const inner = component as AnyComponent;
    return function Island(props: Record<string, unknown>) {
      const rendering = useContext(Rendering);
      if (isWithinIsland()) return h(inner, props);
      rendering?.onIsland();
      const data = writeProps(props, id);
      // A root of its own, as it is in the browser: neither context nor ids come from outside.
      const html = withinIsland(() => renderToString(h(inner, props)));
      return h(ISLAND, {
        style: { display: "contents" },
        "data-id": id,
        "data-props": data,
        dangerouslySetInnerHTML: { __html: html },
      });
    } as Component;
  },
};

function stream(element: unknown, options: RenderOptions): ReadableStream<Uint8Array> {
  const root = h(Rendering.Provider, { value: options }, element as VNode);
  const source = renderToReadableStream(root, { nonce: options.nonce });
  source.allReady.catch(() => undefined); // the same comes by the stream
  return settled(source, options);
}

/**
 * Preact writes everything but suspended parts in one chunk. If one of those fails later, its stream breaks off within the
 * hidden `<div>` that carries them: the fallback stays, the `<div>` is closed, and the error is told.
 */
function settled(source: ReadableStream<Uint8Array>, { onError }: RenderOptions): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        begun = true;
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        if (!begun) return controller.error(error);
        onError(error);
        controller.enqueue(new TextEncoder().encode("</div>"));
        controller.close();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Pages rendered by Preact. */
export const pages: Pages = pagesWith(preactRenderer);
