import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AssetFile, AssetOptions } from "@openspeed/static";
import { projectFiles } from "../vite/project-files.ts";

/** Files that are served as they are, from the root of the app. */
export const PUBLIC_FOLDER = "public";

/** What is in `public/`; `undefined` if nothing is. */
export function publicFiles(root: string): AssetOptions | undefined {
  const folder = join(root, PUBLIC_FOLDER);
  const files = existsSync(folder) ? projectFiles(folder, () => true) : [];
  if (files.length === 0) return undefined;
  return { root: pathToFileURL(`${folder}/`), files: files.map((file): AssetFile => ({ path: `/${file}`, file })) };
}
