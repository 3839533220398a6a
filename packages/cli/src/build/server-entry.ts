import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import type { Config } from "../config.ts";

export const SERVER_ENTRY = "virtual:openspeed/server";
/** Written beside the bundle when all that it lists is there. */
export const FILES_MODULE = "files.js";

/** A module of a package: no path, nothing virtual, no style or other file that is built. */
const PACKAGE =
  /^(?![./]|[A-Za-z]:|\w+:\w+\/)(?!.*(?:\?|\.(?:css|scss|sass|less|styl|svg|png|jpe?g|webp|avif|gif|woff2?)$))/;
const OWN = /^@openspeed\/(?:adapter-node|pages\/assets|core)$/;

interface EntryOptions {
  readonly config: Config;
  /** The address of the islands' entry; `undefined` for an app without islands. */
  readonly client: string | undefined;
}

/** The module that `openspeed start` runs: the app, its files, and a server for them. */
export function serverEntry(options: EntryOptions): Plugin {
  const { root, vite } = options.config;
  const keepsOut = vite.ssr?.noExternal === undefined;
  return {
    name: "openspeed:server-entry",
    enforce: "pre",
    resolveId(id) {
      if (id === SERVER_ENTRY) return `\0${SERVER_ENTRY}`;
      if (id === `./${FILES_MODULE}`) return { id, external: true };
      // Vite would take in packages that are linked, and with them another copy of what they share with others.
      if (keepsOut && PACKAGE.test(id) && isInstalled(id, root)) return { id, external: true };
      // A project need not list what only its server needs: then the command's own copy becomes part of the bundle.
      return OWN.test(id) ? fileURLToPath(import.meta.resolve(id)) : undefined;
    },
    load: (id) => (id === `\0${SERVER_ENTRY}` ? entryCode(options) : undefined),
  };
}

function isInstalled(id: string, root: string): boolean {
  try {
    createRequire(join(root, "package.json")).resolve(id);
    return true;
  } catch {
    return false;
  }
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
  const { assetMounts } = await import("@openspeed/pages/assets");
  app.mount(assetMounts({ root: new URL("../client/", import.meta.url), files }));
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
