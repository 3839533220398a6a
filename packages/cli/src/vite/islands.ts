import { readFile } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { Plugin } from "vite";

/** The module that a browser loads on pages with islands. */
export const ISLANDS_ENTRY = "virtual:openspeed/islands";

/** Its name in module graphs. */
export const RESOLVED_ENTRY: string = `\0${ISLANDS_ENTRY}`;
/** The names of islands. */
export const ISLAND: RegExp = /\.island\.[jt]sx?$/;
/** Marks the file itself where its plain name means the wrapped one. */
const PLAIN = "?island";

export interface IslandOptions {
  readonly root: string;
  /** `preact`, `react`: where the project's JSX comes from. */
  readonly jsxSource: string;
}

/**
 * On the server, `counter.island.tsx` gives its component wrapped for hydration; in the browser, one entry hydrates those
 * that a page has. The wrapper is a module of its own beside the file, so the file's code is never taken apart.
 */
export function islands({ root, jsxSource }: IslandOptions): Plugin {
  return {
    name: "openspeed:islands",
    enforce: "pre",
    resolveId(id) {
      return id === ISLANDS_ENTRY ? RESOLVED_ENTRY : undefined;
    },
    async load(id) {
      if (id === RESOLVED_ENTRY) return entryCode(jsxSource);
      if (id.endsWith(PLAIN) && ISLAND.test(id.slice(0, -PLAIN.length))) {
        const file = id.slice(0, -PLAIN.length);
        return { code: await readFile(file, "utf8"), moduleType: file.endsWith("x") ? "tsx" : "ts" };
      }
      if (this.environment.config.consumer !== "server" || !ISLAND.test(id)) return undefined;
      return { code: wrapperCode(id, islandId(root, id)), moduleType: "js" };
    },
  };
}

/** An island's name in pages and in the entry: its path from the root. */
function islandId(root: string, file: string): string {
  return relative(root, file).split(sep).join("/");
}

function wrapperCode(file: string, id: string): string {
  const plain = JSON.stringify(`${file}${PLAIN}`);
  return `import { markIsland } from "@openspeed/pages";
import component from ${plain};
export * from ${plain};
export default markIsland(component, ${JSON.stringify(id)});
`;
}

function entryCode(jsxSource: string): string {
  const renderer = jsxSource === "react" ? "react" : "preact";
  return `import { hydrateIslands } from "@openspeed/pages/${renderer}/client";
const files = import.meta.glob(["/**/*.island.{tsx,jsx,ts,js}", "!/dist/**"]);
hydrateIslands(Object.fromEntries(Object.entries(files).map(([file, load]) => [file.slice(1), load])));
`;
}
