import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import type { UserConfig as ViteConfig } from "vite";
import { readManifest } from "../manifest.ts";

/** Which of the packages that a build meets will be there where it runs. */
export interface Packages {
  /** Whether a module of a package is imported where the build runs, and not taken into the bundle. */
  staysOutside(id: string): boolean;
}

/**
 * What a project's own package.json declares is there in production. What merely can be found while building is not to be
 * relied on: devDependencies, which `npm install --omit=dev` drops, what was hoisted for others, what `NODE_PATH` leads to.
 * `ssr.external` and `ssr.noExternal` of the project's Vite settings say otherwise by name.
 */
export function packagesOf(root: string, { ssr = {} }: ViteConfig): Packages {
  const { dependencies, optionalDependencies, peerDependencies } = readManifest(nearestManifest(root));
  const declared = new Set(Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies }));
  const { external, noExternal } = ssr;
  if (Array.isArray(external)) for (const name of external) declared.add(name);
  const takenIn = Array.isArray(noExternal) ? noExternal : noExternal === undefined ? [] : [noExternal];
  const isTakenIn = (name: string): boolean =>
    takenIn.some((each) => each === true || each === name || (each instanceof RegExp && each.test(name)));
  return {
    staysOutside(id) {
      if (isBuiltin(id)) return true;
      const name = packageName(id);
      return name !== undefined && declared.has(name) && !isTakenIn(name);
    },
  };
}

/** `@scope/name/file.js` → `@scope/name`. */
export function packageName(id: string): string | undefined {
  return /^(?:@[^/]+\/)?[^/@][^/]*/.exec(id)?.[0];
}

/** The folder whose package.json Node goes by. */
function nearestManifest(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, "package.json")) || parent === folder ? folder : nearestManifest(parent);
}
