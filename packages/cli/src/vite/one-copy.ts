import { createServerModuleRunner, type DevEnvironment, type Plugin } from "vite";
import type { ModuleRunner } from "vite/module-runner";

/** What the development server asks the project's pages for. */
export const PAGES_MODULE = "virtual:openspeed/pages";

const OWN = "@openspeed/";

/**
 * Leaves OpenSpeed's own packages to the runtime, also where they are linked and run from source, which Vite would evaluate
 * itself: an app and the command that runs it must see the same classes and the same providers.
 */
export function oneCopy(): Plugin {
  return {
    name: "openspeed:one-copy",
    enforce: "pre",
    apply: "serve",
    resolveId(id) {
      if (id === PAGES_MODULE) return `\0${PAGES_MODULE}`;
      if (this.environment.config.consumer !== "server" || !id.startsWith(OWN)) return undefined;
      return { id, external: true };
    },
    load: (id) => (id === `\0${PAGES_MODULE}` ? 'export { pageClient } from "@openspeed/pages";' : undefined),
  };
}

/** A runner for server modules; what the plugin has left out is asked for by its own name, as packages are. */
export function moduleRunner(environment: DevEnvironment): ModuleRunner {
  const fetchModule = environment.fetchModule.bind(environment);
  const prefix = `/@id/${OWN}`;
  environment.fetchModule = (id, importer, options) => {
    const at = id.indexOf(prefix);
    return fetchModule(at === -1 ? id : id.slice(at + prefix.length - OWN.length), importer, options);
  };
  return createServerModuleRunner(environment, {
    hmr: false,
    // Bun and Deno have a switch for source maps that moves nothing; this way stacks name the true lines on all three.
    sourcemapInterceptor: "prepareStackTrace",
  });
}
