import { mkdir, readdir, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CreateError } from "./create-error.ts";
import type { Files } from "./template-files.ts";

/** What may be in a folder that counts as empty: repositories begun elsewhere, and what systems and editors leave. */
const NO_MATTER: ReadonlySet<string> = new Set([
  ".git",
  ".gitattributes",
  ".DS_Store",
  "Thumbs.db",
  ".idea",
  ".vscode",
  "LICENSE",
]);

/**
 * Makes sure that a project may be made in a folder.
 *
 * @param shown how the person called it
 * @throws CreateError `OS_FOLDER_NOT_EMPTY`, `OS_NOT_A_FOLDER`, `OS_FOLDER_DENIED`
 */
export async function checkPlace(folder: string, shown: string, force: boolean): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => missing(error, shown));
  if (found === undefined) return;
  if (!found.isDirectory()) {
    throw new CreateError({
      code: "OS_NOT_A_FOLDER",
      message: "It is a file.",
      where: shown,
      mend: "Give the project another folder.",
    });
  }
  if (force) return;
  const there = (await readdir(folder).catch((error: unknown) => denied(error, shown))).filter(
    (name) => !NO_MATTER.has(name),
  );
  if (there.length === 0) return;
  const named = there.toSorted().slice(0, 3).join(", ");
  throw new CreateError({
    code: "OS_FOLDER_NOT_EMPTY",
    message: `It is not empty: ${named}${there.length > 3 ? ` and ${there.length - 3} more are` : there.length > 1 ? " are" : " is"} there.`,
    where: shown,
    mend: "Give another folder, or --force to write over what has the names of the template's files.",
  });
}

/**
 * Writes a project's files, all or none: what it made is removed if one of them cannot be written.
 *
 * @throws CreateError `OS_FOLDER_DENIED`
 */
export async function writeProject(folder: string, shown: string, files: Files): Promise<void> {
  const made: string[] = [];
  try {
    for (const [path, text] of files) {
      const file = join(folder, path);
      const first = await mkdir(dirname(file), { recursive: true });
      if (first !== undefined) made.push(first);
      await writeFile(file, text, { flag: "wx" }).then(
        () => made.push(file),
        (error: unknown) => overwrite(error, file, text),
      );
    }
  } catch (error) {
    for (const path of made.toReversed()) await remove(path);
    denied(error, shown);
  }
}

/** Only after `--force` is there something: it is written over, and stays if the rest fails. */
async function overwrite(error: unknown, file: string, text: string): Promise<void> {
  if (codeOf(error) !== "EEXIST") throw error;
  await writeFile(file, text);
}

/** Folders go only if they are empty again: somebody else may have put something there. */
async function remove(path: string): Promise<void> {
  await rm(path).catch(() => rmdir(path).catch(() => undefined));
}

function missing(error: unknown, shown: string): undefined {
  if (codeOf(error) === "ENOENT") return undefined;
  denied(error, shown);
}

function denied(error: unknown, shown: string): never {
  throw new CreateError(
    {
      code: "OS_FOLDER_DENIED",
      message: `Nothing can be written there: ${error instanceof Error ? error.message : String(error)}.`,
      where: shown,
      mend: "Give the project a folder that is yours, or free some space.",
    },
    { cause: error },
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
