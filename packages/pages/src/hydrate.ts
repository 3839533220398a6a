import { ISLAND } from "./element.ts";

/** Modules of islands by the ids that `markIsland` gave them. */
export type IslandLoaders<Component> = Readonly<Record<string, () => Promise<{ readonly default: Component }>>>;

type Hydrate<Component> = (component: Component, props: Record<string, unknown>, element: Element) => void;

/** Hydrates each island once: when the document is parsed, and when the browser has nothing better to do. */
export function whenReady<Component>(loaders: IslandLoaders<Component>, hydrate: Hydrate<Component>): void {
  const start = (): void => {
    for (const element of document.querySelectorAll<HTMLElement>(`${ISLAND}[data-id]:not([data-hydrated])`)) {
      element.dataset["hydrated"] = "";
      idle(() => void wake(element, loaders, hydrate));
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
  else start();
}

async function wake<Component>(
  element: HTMLElement,
  loaders: IslandLoaders<Component>,
  hydrate: Hydrate<Component>,
): Promise<void> {
  const { id = "", props = "{}" } = element.dataset;
  const load = loaders[id];
  if (load === undefined)
    return console.error(
      `OS_ISLAND_UNKNOWN: The page has the island ${id}, which its client does not know. Build the client again.`,
    );
  try {
    const module = await load();
    hydrate(module.default, JSON.parse(props) as Record<string, unknown>, element);
    element.dispatchEvent(new CustomEvent("os:hydrated", { bubbles: true }));
  } catch (error) {
    console.error(`The island ${id} could not be hydrated:`, error);
  }
}

function idle(work: () => void): void {
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: 500 });
  else setTimeout(work, 0);
}
