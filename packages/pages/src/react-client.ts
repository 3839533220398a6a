import { type ComponentType, createElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { type IslandLoaders, whenReady } from "./hydrate.ts";

/**
 * Hydrates every island of the page.
 *
 * @example
 * hydrateIslands({ "src/counter.island.tsx": () => import("./counter.island.tsx") });
 */
export function hydrateIslands(loaders: IslandLoaders<ComponentType<Record<string, unknown>>>): void {
  whenReady(loaders, (component, props, element) => {
    hydrateRoot(element, createElement(component, props));
  });
}
