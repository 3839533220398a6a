import { type ComponentType, createContext, h, type VNode } from "preact";
import { useContext } from "preact/hooks";
import { renderToString } from "preact-render-to-string";
import { renderToReadableStream } from "preact-render-to-string/stream";
import { ISLAND } from "./element.ts";
import { PageError } from "./fault.ts";
import { isWithinIsland, withinIsland, writeProps } from "./island.ts";
import { type Pages, pagesWith } from "./pages.ts";
import type { Component, Renderer, RenderOptions } from "./renderer.ts";
import { textOf } from "./text.ts";

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
): Promise<AsyncGenerator<string, void>> {
  const source = renderToReadableStream(h(Rendering.Provider, { value: { onIsland } }, element as VNode), { nonce });
  source.allReady.catch(() => undefined); // the same comes by the chunks
  const chunks = textOf(source);
  const first = await chunks.next();
  return rest(first.done === true ? "" : first.value, chunks, onError);
}

async function* rest(
  first: string,
  chunks: AsyncGenerator<string, void>,
  onError: RenderOptions["onError"],
): AsyncGenerator<string, void> {
  yield first;
  try {
    for await (const chunk of chunks) {
      if (FAILED_PART.test(chunk)) onError(failedPart());
      else yield chunk;
    }
  } catch (error) {
    onError(error);
    yield "</div>"; // what carries the suspended parts
  }
}

function failedPart(): PageError {
  return new PageError(
    "OS_SUSPENDED_PART",
    "A suspended part of a page failed after the page had begun, so its fallback stays. Preact does not say why: catch the error where its data is loaded.",
  );
}

/** Pages rendered by Preact. */
export const pages: Pages = pagesWith(preactRenderer);
