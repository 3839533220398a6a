import { existsSync } from "node:fs";
import { join } from "node:path";
import type { App, Binding } from "@openspeed/core";
import { createServer, normalizePath, type ViteDevServer } from "vite";
import type { Config } from "../config.ts";
import { Fault } from "../fault.ts";
import { appIn } from "../load-app.ts";
import { moduleRunner } from "../vite/one-copy.ts";
import { viteSettings } from "../vite/settings.ts";
import { DEV_BASE } from "./base.ts";
import { clientDependencies } from "./client-dependencies.ts";
import type { GeneratedRoutes } from "./generated-routes.ts";
import { liveModules, type LiveModules } from "./modules.ts";
import { developmentClient } from "./page-client.ts";

/** Vite, and the modules that run in it: opened again when the configuration changes. */
export interface Engine {
  readonly server: ViteDevServer;
  readonly modules: LiveModules;
  /** Whether Vite bundles packages for islands. */
  readonly hasIslands: boolean;
  /** The app of the app module, which is evaluated anew only if it was invalidated. */
  app(): Promise<App>;
  /** A module's exports, by its file from the root. */
  load(file: string): Promise<Readonly<Record<string, unknown>>>;
  /** What makes pages load the development client. */
  bindings(version: number): Promise<readonly Binding[]>;
  close(): Promise<void>;
}

export async function openEngine(config: Config, routes: GeneratedRoutes, onReload: () => void): Promise<Engine> {
  const dependencies = clientDependencies(config.root);
  const server = await createServer(
    viteSettings(config, "development", {
      base: DEV_BASE,
      plugins: [routes.plugin],
      server: { middlewareMode: true, ws: false, hmr: false, watch: null },
      optimizeDeps: dependencies,
    }),
  );
  const { client, ssr } = server.environments;
  reloadFor(client.hot, onReload);
  const runner = moduleRunner(ssr);
  const file = normalizePath(join(config.root, config.app));
  return {
    server,
    hasIslands: dependencies.noDiscovery !== true,
    modules: liveModules(file, routes.file, ssr, runner),
    async app() {
      if (!existsSync(file)) throw missing(config);
      return appIn(await runner.import(file), config.app);
    },
    load: (each) => runner.import(normalizePath(join(config.root, each))),
    bindings: (version) => developmentClient((id) => runner.import(id), version),
    async close() {
      await runner.close();
      await server.close();
    },
  };
}

/** Vite has bundled more packages for the browser: pages must take all of the new bundle. */
function reloadFor(hot: { send: (...args: never[]) => void }, onReload: () => void): void {
  const { send } = hot;
  hot.send = (...args: never[]): void => {
    const payload: unknown = args[0];
    if (typeof payload === "object" && payload !== null && "type" in payload && payload.type === "full-reload")
      onReload();
    Reflect.apply(send, hot, args);
  };
}

function missing({ app, root }: Config): Fault {
  return new Fault({
    code: "OS_APP_MISSING",
    message: `There is no app: ${app} does not exist in ${root}.`,
    where: app,
    mend: 'Create it with export const app = createApp({ … }), or name another: app: "…" in openspeed.config.ts.',
  });
}
