import { type ComponentType, h, hydrate } from "preact";
import { type IslandLoaders, whenReady } from "./hydrate.ts";

/**
 * Hydrates every island of the page.
 *
 * @example
 * hydrateIslands({ "src/counter.island.tsx": () => import("./counter.island.tsx") });
 */
export function hydrateIslands(loaders: IslandLoaders<ComponentType<Record<string, unknown>>>): void {
  whenReady(loaders, (component, props, element) => hydrate(h(component, props), element));
}
