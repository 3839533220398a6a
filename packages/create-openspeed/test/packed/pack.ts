import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { succeed, workspace } from "./run.ts";

/** A package as publishing would upload it. */
export interface Packed {
  readonly manifest: { readonly name: string; readonly version: string };
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly integrity: string;
}

/** Packs packages of the workspace, by their folders, into one folder. What they ship is compiled first. */
export async function pack(folders: readonly string[], out: string): Promise<readonly Packed[]> {
  const places = folders.map((folder) => `packages/${folder}`);
  await succeed("tsc", ["-b", ...places], workspace);
  return Promise.all(
    folders.map(async (folder) => {
      const file = join(out, `${folder}.tgz`);
      await succeed("pnpm", ["pack", "--out", file], join(workspace, "packages", folder));
      const { out: manifest } = await succeed("tar", ["-xzOf", file, "package/package.json"], out);
      const bytes = new Uint8Array(await readFile(file));
      const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
      return { manifest: JSON.parse(manifest), file, bytes, integrity };
    }),
  );
}
