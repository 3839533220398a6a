import { readdir } from "node:fs/promises";
import { relative, sep } from "node:path";

/** Every file below a folder, relative to it, with `/` between segments on every platform. Links are not followed. */
export async function readFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, `${entry.parentPath}${sep}${entry.name}`).split(sep).join("/"))
    .filter((file) => !file.split("/").includes("node_modules"));
}
