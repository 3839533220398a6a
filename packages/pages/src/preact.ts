import { type ComponentType, createContext, h, type VNode } from "preact";
import { useContext } from "preact/hooks";
import { renderToString } from "preact-render-to-string";
import { renderToReadableStream } from "preact-render-to-string/stream";
import { ISLAND } from "./element.ts";
import { PageError } from "./fault.ts";
import { isWithinIsland, withinIsland, writeProps } from "./island.ts";
import { type Pages, pagesWith } from "./pages.ts";
import type { Component, Renderer, RenderOptions } from "./renderer.ts";

type AnyComponent = ComponentType<Record<string, unknown>>;

/** Who is rendering, for islands to report to. */
const Rendering = createContext<Pick<RenderOptions, "onIsland"> | undefined>(undefined);

export const preactRenderer: Renderer = {
  name: "preact",
  element: (type, props, ...children) => h(type as string, { ...props }, ...(children as VNode[])),
  stream,
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
    };
  },
};

/** What preact-render-to-string 6.8 writes for a suspended part that failed: it would replace the fallback. */
const FAILED_PART = /^<preact-island hidden data-target="[^"]*">undefined<\/preact-island>$/;

/**
 * Preact writes everything but suspended parts in one chunk, so what fails in there fails before it. A suspended part that
 * fails later is told, and its fallback stays.
 */
async function stream(
  element: unknown,
  { nonce, onError, onIsland }: RenderOptions,
): Promise<ReadableStream<Uint8Array>> {
  const source = renderToReadableStream(h(Rendering.Provider, { value: { onIsland } }, element as VNode), { nonce });
  source.allReady.catch(() => undefined); // the same comes by the stream
  const reader = source.getReader();
  const first = await reader.read();
  const decoder = new TextDecoder();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.done) controller.close();
      else controller.enqueue(first.value);
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        if (!FAILED_PART.test(decoder.decode(value))) return controller.enqueue(value);
        onError(
          new PageError(
            "OS_SUSPENDED_PART",
            "A suspended part of a page failed after the page had begun, so its fallback stays. Preact does not say why: catch the error where its data is loaded.",
          ),
        );
        controller.enqueue(new Uint8Array()); // so that the next one is asked for
      } catch (error) {
        onError(error);
        controller.enqueue(new TextEncoder().encode("</div>")); // what carries the suspended parts
        controller.close();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Pages rendered by Preact. */
export const pages: Pages = pagesWith(preactRenderer);
