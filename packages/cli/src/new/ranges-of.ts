import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readManifest } from "../manifest.ts";
import type { NewPackage } from "./package.ts";

/** Where a project keeps its packages, and which versions a new one asks for. */
export function rangesOf(root: string): Pick<NewPackage, "folder" | "core" | "tools"> {
  const beside = existsSync(join(root, "packages/core/package.json"));
  const catalog = join(root, "pnpm-workspace.yaml");
  const named = existsSync(catalog) ? readFileSync(catalog, "utf8") : "";
  const inCatalog = (name: string): boolean => new RegExp(`^ {2}"?${name}"?:`, "m").test(named);
  return {
    folder: existsSync(join(root, "packages")) ? "packages" : "",
    core: beside ? "workspace:^" : `^${coreVersion()}`,
    tools: {
      typescript: inCatalog("typescript") ? "catalog:" : "^7.0.2",
      vitest: inCatalog("vitest") ? "catalog:" : "^5.1.1",
    },
  };
}

/** Of the core that this command was made for. */
function coreVersion(): string {
  const manifest = createRequire(import.meta.url).resolve("@openspeed/core/package.json");
  return readManifest(manifest.replace(/package\.json$/, "")).version ?? "0.1.0";
}
