import { constants, fstatSync, type Stats } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { closeDescriptor, openDescriptor, type OpenFile } from "./descriptor.ts";
import type { Root } from "./root.ts";

/** What a name leads to: a regular file, a folder, or nothing that is served, for whatever reason. */
export type Found = OpenFile | "folder" | undefined;

export function isOpen(found: Found): found is OpenFile {
  return typeof found === "object";
}

// A pipe without a writer must not hold the opener, and a terminal must not become the process's own. Windows has neither.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
const READ_NO_LINK = READ | (constants.O_NOFOLLOW ?? 0);

/** What the disk says of a name that leads nowhere, to something that cannot be read as a file, or to what is not ours to read. */
const NOTHING = new Set([
  "ENOENT",
  "ENOTDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENXIO",
  "ENODEV",
  "EOPNOTSUPP",
  "EISDIR",
  "EINVAL",
]);
const DENIED = new Set(["EACCES", "EPERM"]);

/**
 * Opens a file of a root. What is judged is what was opened: its descriptor says what it is and, as far as the system tells, where it lies.
 *
 * @param denied told of a file that this process may not read: to the client it is not there, but somebody meant it to be
 */
export async function openFile(root: Root, name: string, denied: (error: unknown) => void): Promise<Found> {
  try {
    return await (root.realPathOf === undefined
      ? openBetweenLooks(root, name)
      : openThenLook(root, name, root.realPathOf));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (DENIED.has(code)) denied(error);
    else if (!NOTHING.has(code)) throw error;
    return undefined;
  }
}

async function openThenLook(root: Root, name: string, realPathOf: (fd: number) => string): Promise<Found> {
  for (let last = false; ; last = true) {
    const fd = await openDescriptor(root.placeOf(name), READ);
    let kept = false;
    try {
      // Neither waits for a disk: both are in the system's memory by now.
      const stats = fstatSync(fd);
      if (stats.isDirectory()) return "folder";
      if (!stats.isFile()) return undefined;
      const real = realPathOf(fd);
      kept = await root.admits(name, real);
      if (kept) return { fd, stats };
      // A file that was replaced just now has no name any more; the next look finds its successor.
      if (last || !real.endsWith(" (deleted)")) return undefined;
    } finally {
      if (!kept) closeDescriptor(fd);
    }
  }
}

/** Elsewhere: the path is looked at before and after, so that only what is swapped and swapped back in between goes unseen. */
async function openBetweenLooks(root: Root, name: string): Promise<Found> {
  const real = await realpath(root.placeOf(name));
  const seen = await lstat(real);
  if (seen.isDirectory()) return "folder";
  if (!seen.isFile() || !(await root.admits(name, real))) return undefined;
  const fd = await openDescriptor(real, READ_NO_LINK);
  let kept = false;
  try {
    const stats = fstatSync(fd);
    kept = isSame(seen, stats) && (await realpath(real)) === real && isSame(await lstat(real), stats);
    return kept ? { fd, stats } : undefined;
  } finally {
    if (!kept) closeDescriptor(fd);
  }
}

function isSame(a: Stats, b: Stats): boolean {
  return a.isFile() && b.isFile() && a.ino === b.ino && a.dev === b.dev;
}
