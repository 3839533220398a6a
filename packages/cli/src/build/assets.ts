import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AssetFile } from "@openspeed/static";
import { projectFiles } from "../vite/project-files.ts";
import { PUBLIC_FOLDER } from "./public-files.ts";
import { FILES_MODULE } from "./server-entry.ts";
import { withVariants } from "./variants.ts";

/** Vite's folder of files whose names change with their content. */
export const HASHED_FOLDER = "assets";

/** Brings together in `dist/client` all that is served as files, compressed too, and lists it for the server. Gives the list. */
export async function gatherFiles(root: string, dist: string): Promise<readonly AssetFile[]> {
  const client = join(dist, "client");
  mkdirSync(client, { recursive: true });
  // What only the server's modules import lies with the server's bundle.
  const emitted = join(dist, "server", HASHED_FOLDER);
  if (existsSync(emitted)) {
    cpSync(emitted, join(client, HASHED_FOLDER), { recursive: true });
    rmSync(emitted, { recursive: true });
  }
  const open = join(root, PUBLIC_FOLDER);
  if (existsSync(open)) cpSync(open, client, { recursive: true });
  const files: AssetFile[] = [];
  for (const file of projectFiles(client, () => true)) {
    const isHashed = file.startsWith(`${HASHED_FOLDER}/`) && !existsSync(join(open, file));
    files.push(await withVariants({ path: `/${file}`, file, ...(isHashed && { hashed: true }) }, join(client, file)));
  }
  writeFileSync(join(dist, "server", FILES_MODULE), `export const files = ${JSON.stringify(files, null, 2)};\n`);
  return files;
}

interface Manifest {
  readonly [source: string]: { readonly file: string; readonly isEntry?: boolean };
}

/** The address of the entry that Vite's manifest names, which is then of no more use. */
export function takeEntry(client: string): string {
  const file = join(client, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  rmSync(file);
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry === true);
  if (entry === undefined) throw new Error("Vite built no entry for the islands.");
  return `/${entry.file}`;
}
