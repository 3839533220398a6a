import { isBuiltin } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "@openspeed/core";
import { normalizePath, type Plugin } from "vite";
import type { Config } from "../config.ts";
import { missingModule } from "../thrown-at.ts";
import { packageName, packagesOf } from "./packages.ts";

export const SERVER_ENTRY = "virtual:openspeed/server";
const RESOLVED_ENTRY = `\0${SERVER_ENTRY}`;
/** Written beside the bundle when all that it lists is there. */
export const FILES_MODULE = "files.js";

/** A module of a package: no path, nothing virtual, no style or other file that is built. */
const PACKAGE =
  /^(?![./]|[A-Za-z]:|\w+:\w+\/)(?!.*(?:\?|\.(?:css|scss|sass|less|styl|svg|png|jpe?g|webp|avif|gif|woff2?)$))/;
/** Providers are known by identity, so of these there must be one copy. */
const SHARED = /^@openspeed\//;
/** What the server itself imports. */
const OWN = /^@openspeed\/(?:adapter-node|core|core\/authoring|pages|static)$/;

interface EntryOptions {
  readonly config: Config;
  /** The address of the islands' entry; `undefined` for an app without islands. */
  readonly client: string | undefined;
  /** Told of what the project imports and nobody finds. */
  readonly onMissing: (diagnostic: Diagnostic) => void;
}

/** The module that `openspeed start` runs: the app, its files, and a server for them. */
export function serverEntry(options: EntryOptions): Plugin {
  const { root, vite } = options.config;
  const packages = packagesOf(root, vite);
  const fromRoot = normalizePath(join(root, "package.json"));
  return {
    name: "openspeed:server-entry",
    enforce: "pre",
    async resolveId(id, importer) {
      if (id === SERVER_ENTRY) return RESOLVED_ENTRY;
      // Other modules may have a neighbour of that name.
      if (id === `./${FILES_MODULE}` && importer === RESOLVED_ENTRY) return { id, external: true };
      if (!PACKAGE.test(id)) return undefined;
      const resolved = (from: string | undefined): ReturnType<typeof this.resolve> =>
        this.resolve(id, from, { skipSelf: true });
      if (packages.staysOutside(id)) {
        // A package that became part of the bundle may need another version than the project has.
        const mayDiffer = isForeign(importer) && !SHARED.test(id) && !isBuiltin(id);
        if (!mayDiffer || (await resolved(importer))?.id === (await resolved(fromRoot))?.id)
          return { id, external: true };
        return undefined;
      }
      // One copy for the app and its server: the project's, else the command's own.
      if (OWN.test(id)) return (await resolved(fromRoot)) ?? fileURLToPath(import.meta.resolve(id));
      const found = await resolved(importer);
      if (found !== null) return found;
      // Packages try for what they can do without; a project does not.
      if (importer !== undefined && !isForeign(importer)) options.onMissing(missingPackage(id, importer, root));
      return { id, external: true };
    },
    load: (id) => (id === RESOLVED_ENTRY ? entryCode(options) : undefined),
  };
}

function isForeign(importer: string | undefined): boolean {
  return importer !== undefined && /[\\/]node_modules[\\/]/.test(importer);
}

function missingPackage(id: string, importer: string, root: string): Diagnostic {
  return {
    code: "OS_APP_UNREADABLE",
    ...missingModule(id, importer, root),
    mend: `Install the package, or mend the line: npm install ${packageName(id) ?? id}`,
  };
}

function entryCode({ config, client }: EntryOptions): string {
  const { app, port, host } = config;
  const imports = [
    `import * as module from ${JSON.stringify(`/${app}`)};`,
    'import { ListenError, serve } from "@openspeed/adapter-node";',
    `import { files } from "./${FILES_MODULE}";`,
    ...(client === undefined ? [] : ['import { pageClient } from "@openspeed/pages";']),
  ];
  const bindings = client === undefined ? "" : `pageClient.with({ entry: ${JSON.stringify(client)} })`;
  return `${imports.join("\n")}

const app = (module.app ?? module.default).override([${bindings}]);
if (files.length > 0) {
  const { assets } = await import("@openspeed/static");
  app.mount(assets({ root: new URL("../client/", import.meta.url), files }));
}
const given = process.env.PORT || "${port}";
const port = /^\\d{1,5}$/.test(given) ? Number(given) : NaN;
export let server;
if (port <= 65535) {
  try {
    server = await serve(app, { port, hostname: process.env.HOST || ${JSON.stringify(host)} });
    console.log(\`ready \${server.url}\`);
  } catch (error) {
    // What a person can mend is said in words, everything else with its stack.
    const mendable = error instanceof ListenError || error?.name === "CompileError";
    console.error(mendable ? error.message : error);
    process.exitCode = 1;
  }
} else {
  console.error(\`OS_PORT_INVALID: PORT is \${JSON.stringify(given)}, which is no port; give a whole number from 0 to 65535.\`);
  process.exitCode = 1;
}
`;
}
