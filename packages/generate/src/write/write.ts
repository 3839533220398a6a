import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GenerateError } from "../fault.ts";
import type { GeneratedFile } from "../generator.ts";
import { type Step, stepFor, stepForGone } from "./plan.ts";

/** What files were when they were generated last: what a merge starts from. To be checked in with them. */
const BASES = ".openspeed/generated";

/**
 * Writes what was generated into a folder. Files that people write in are merged; what both changed is marked in the file.
 *
 * @throws GenerateError, before anything is written, if a file is in the way that was not generated
 */
export async function writeGenerated(folder: string, files: readonly GeneratedFile[]): Promise<readonly Step[]> {
  const merges = files.some(({ merged }) => merged === true);
  const before = merges ? await namesIn(join(folder, BASES)) : [];
  const made = new Set(files.map(({ path }) => path));
  const steps = await Promise.all([
    ...files.map(async (file) =>
      stepFor(file, await textAt(folder, file.path), await textAt(join(folder, BASES), file.path)),
    ),
    ...before
      .filter((path) => !made.has(path))
      .map(async (path) =>
        stepForGone(path, await textAt(folder, path), (await textAt(join(folder, BASES), path)) ?? ""),
      ),
  ]);
  const foreign = steps.filter(({ what }) => what === "foreign");
  if (foreign.length > 0) {
    throw new GenerateError(
      ...foreign.map(({ path }) => ({
        code: "OS_GENERATE_FOREIGN",
        message: "It is there and was not generated, so it is not overwritten.",
        where: path,
        mend: "Move it away, or generate into another folder with --to.",
      })),
    );
  }
  for (const step of steps) await apply(folder, step);
  return steps;
}

async function apply(folder: string, { path, what, text, base }: Step): Promise<void> {
  if (what === "remove") await rm(join(folder, path), { force: true });
  if (text !== undefined) await put(join(folder, path), text);
  // After the file: what was written without its base is merged again, a base without its file would undo somebody's work.
  if (base === null) await rm(join(folder, BASES, path), { force: true });
  else if (base !== undefined) await put(join(folder, BASES, path), base);
}

async function put(file: string, text: string): Promise<void> {
  if ((await read(file)) === text) return;
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text);
  await rename(draft, file);
}

function textAt(folder: string, path: string): Promise<string | undefined> {
  return read(join(folder, path));
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return files.map((file) => file.slice(folder.length + 1).replaceAll("\\", "/")).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
