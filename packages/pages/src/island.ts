import { PageError } from "./fault.ts";
import type { Component, Renderer } from "./renderer.ts";

let renderer: Renderer | undefined;

/** Islands are modules of their own and know no renderer; an app has one. */
export function useForIslands(installed: Renderer): void {
  renderer = installed;
}

/**
 * Marks a component to be hydrated in the browser, under an id that the client knows it by. Bundlers call it for
 * `*.island.tsx` on the server.
 *
 * @throws PageError `OS_ISLAND_RENDERER` when it is rendered before pages have a renderer
 */
export function markIsland<P>(component: (props: P) => unknown, id: string): (props: P) => unknown {
  const made = new WeakMap<Renderer, Component>();
  const island = (props: P): unknown => {
    if (renderer === undefined)
      throw new PageError(
        "OS_ISLAND_RENDERER",
        `The island ${id} is rendered without pages. Import @openspeed/pages/preact or @openspeed/pages/react first.`,
      );
    const known = made.get(renderer) ?? renderer.island(component, id);
    made.set(renderer, known);
    return (known as (props: P) => unknown)(props);
  };
  return Object.assign(island, { displayName: `Island(${id})` });
}

let depth = 0;

/** Whether an island is being rendered: one within another is hydrated with it. */
export function isWithinIsland(): boolean {
  return depth > 0;
}

/** Renders an island's inside, which takes no time during which something else could be rendered. */
export function withinIsland<T>(render: () => T): T {
  depth++;
  try {
    return render();
  } finally {
    depth--;
  }
}

/**
 * An island's props as the browser gets them.
 *
 * @throws PageError `OS_ISLAND_PROPS` for what JSON cannot carry, so that server and browser render the same
 */
export function writeProps(props: object, id: string): string {
  for (const [name, value] of Object.entries(props)) {
    const wrong = notJson(value, name);
    if (wrong !== undefined)
      throw new PageError(
        "OS_ISLAND_PROPS",
        `The island ${id} got ${wrong}, which cannot go to the browser. Give islands JSON: texts, numbers, booleans, null, lists and plain objects.`,
      );
  }
  return JSON.stringify(props);
}

/** Where and what: `onPick (a function)`. */
function notJson(value: unknown, at: string, above: readonly unknown[] = []): string | undefined {
  if (value === undefined || value === null || typeof value === "string" || typeof value === "boolean")
    return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${at} (${value})`;
  if (typeof value !== "object") return `${at} (a ${typeof value})`;
  if (above.includes(value)) return `${at} (which holds itself)`;
  const inside = [...above, value];
  if (Array.isArray(value)) {
    for (const [i, each] of value.entries()) {
      const wrong = each === undefined ? `${at}[${i}] (undefined)` : notJson(each, `${at}[${i}]`, inside);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if ("$$typeof" in value || "__k" in value) return `${at} (an element)`;
  if (prototype !== Object.prototype && prototype !== null) return `${at} (a ${value.constructor.name})`;
  for (const [name, each] of Object.entries(value)) {
    const wrong = notJson(each, `${at}.${name}`, inside);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
