import type { DepOptimizationOptions } from "vite";
import { ISLAND } from "../vite/islands.ts";
import { jsxSource } from "../vite/jsx-source.ts";
import { projectFiles } from "../vite/project-files.ts";

/** What Vite bundles of packages for the browser: all that islands need, before the first one is asked for; else nothing. */
export function clientDependencies(root: string): DepOptimizationOptions {
  const islands = projectFiles(root, (name) => ISLAND.test(name));
  if (islands.length === 0) return { noDiscovery: true };
  const needed =
    jsxSource(root) === "react"
      ? ["react", "react/jsx-dev-runtime", "react-dom/client", "@openspeed/pages/react/client"]
      : ["preact", "preact/hooks", "preact/jsx-dev-runtime", "@openspeed/pages/preact/client"];
  return { entries: [...islands], include: needed };
}
