import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault } from "../fault.ts";

/** What is to be made: path from the project's folder → text. */
export type Files = ReadonlyMap<string, string>;

export interface WriteOptions {
  /** Whether what is there may be overwritten. */
  readonly force: boolean;
  /** Says what would be written, and writes nothing. */
  readonly dryRun: boolean;
}

/**
 * Writes new files, all or none.
 *
 * @throws Fault that names every file which is there already
 */
export async function writeFiles(root: string, files: Files, { force, dryRun }: WriteOptions): Promise<void> {
  const taken = force ? [] : [...files.keys()].filter((file) => existsSync(join(root, file)));
  if (taken.length > 0) {
    throw new Fault(
      ...taken.map((where) => ({
        code: "OS_FILE_EXISTS",
        message: "It is there already.",
        where,
        mend: "Choose another name, or give --force to overwrite it.",
      })),
    );
  }
  if (dryRun) return;
  for (const [file, text] of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text, { flag: force ? "w" : "wx" });
  }
}
