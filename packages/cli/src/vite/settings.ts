import {
  defaultClientConditions,
  defaultExternalConditions,
  defaultServerConditions,
  type InlineConfig,
  mergeConfig,
} from "vite";
import type { Config } from "../config.ts";
import { ownConditions, ownRuntime } from "./conditions.ts";
import { islands } from "./islands.ts";
import { jsxSource } from "./jsx-source.ts";
import { oneCopy } from "./one-copy.ts";

export type ViteMode = "development" | "production" | "test";

/** What every use of Vite here has in common; a project's own `vite` settings are laid over it. */
export function viteSettings(config: Config, mode: ViteMode, own: InlineConfig): InlineConfig {
  const source = jsxSource(config.root);
  const conditions = [...ownConditions()];
  const runtime = ownRuntime();
  const shared: InlineConfig = {
    root: config.root,
    mode,
    configFile: false,
    envFile: false,
    appType: "custom",
    clearScreen: false,
    logLevel: "silent",
    publicDir: false,
    plugins: [oneCopy(), islands({ root: config.root, jsxSource: source })],
    oxc: { jsx: { runtime: "automatic", importSource: source, development: mode === "development" } },
    resolve: { conditions: [...conditions, ...defaultClientConditions] },
    ssr: {
      // Packages are the runtime's business: it knows what its own conditions choose, and caches them over reloads.
      external: true,
      resolve: {
        conditions: [...conditions, ...defaultServerConditions],
        externalConditions: [...conditions, ...(runtime === "node" ? [] : [runtime]), ...defaultExternalConditions],
      },
    },
  };
  return mergeConfig(mergeConfig(shared, config.vite), own);
}
