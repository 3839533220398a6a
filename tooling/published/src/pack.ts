import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The tarball that publishing `folder` would upload. */
export async function pack(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const out = await mkdtemp(join(tmpdir(), "openspeed-pack-"));
  try {
    const tarball = join(out, "package.tgz");
    const windows = process.platform === "win32";
    await promisify(execFile)("pnpm", ["pack", "--out", tarball], { cwd: folder, shell: windows });
    return new Uint8Array(await readFile(tarball));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
