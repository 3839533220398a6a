import { dirname, resolve } from "node:path";
import { normalizePath, type Plugin } from "vite";

/**
 * Gives the generated routes from memory: as the folder has them now, whatever was checked in, or if nothing was yet.
 *
 * @param file as Vite writes it
 */
export function generatedModule(file: string, text: () => string | undefined): Plugin {
  return {
    name: "openspeed:routes",
    enforce: "pre",
    resolveId(id, importer) {
      if (importer === undefined || !id.startsWith(".") || !id.includes("/routes.")) return undefined;
      const named = normalizePath(resolve(dirname(importer.replace(/\?.*$/, "")), id)).replace(/\.js$/, ".ts");
      return named === file && text() !== undefined ? file : undefined;
    },
    load: (id) => (id === file ? text() : undefined),
  };
}
