import { resolve } from "node:path";
import { createServer, type Plugin } from "vite";
import type { Config } from "../config.ts";
import { moduleRunner } from "./one-copy.ts";
import { type ViteMode, viteSettings } from "./settings.ts";

export interface RunnerOptions {
  /** What `NODE_ENV` says to the app if nothing else has said it. */
  readonly mode: ViteMode;
  readonly plugins?: readonly Plugin[];
}

/** Loads a project's modules, TypeScript and JSX included, on every runtime. */
export interface Runner {
  /** A module's exports; the file is given from the project's root or absolute. */
  import(file: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Opens a project for reading its app: nothing is watched, nothing listens. */
export async function openRunner(config: Config, { mode, plugins = [] }: RunnerOptions): Promise<Runner> {
  process.env["NODE_ENV"] ??= mode;
  const server = await createServer(
    viteSettings(config, mode, {
      plugins: [...plugins],
      server: { middlewareMode: true, ws: false, hmr: false, watch: null },
      optimizeDeps: { noDiscovery: true },
    }),
  );
  const runner = moduleRunner(server.environments.ssr);
  return {
    import: (file) => runner.import(resolve(config.root, file)),
    async close() {
      await runner.close();
      await server.close();
    },
  };
}
