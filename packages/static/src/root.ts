import { closeSync, constants, fstatSync, openSync, readlinkSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, resolve, sep } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { FilesError } from "./fault.ts";
import { type Hidden, isServable } from "./name.ts";

/** Where symbolic links may lead: to what lies in the root and could be asked for by itself, or nowhere. */
export type Links = "inside" | "never";

export interface RootOptions {
  /** A folder: a `file:` URL, or a path from where the process was started. */
  readonly root: URL | string;
  readonly dotfiles: Hidden;
  readonly links: Links;
}

/** A folder whose files are served. */
export interface Root {
  /** Its real path, with a separator at its end. */
  readonly path: string;
  readonly hidden: Hidden;
  readonly links: Links;
  /** The place of a file as its name says; links are not looked at. */
  placeOf(name: string): string;
  /** Whether a file that was asked for by this name may be the one that really lies there. */
  admits(name: string, real: string): Promise<boolean>;
  /** The real path of an open descriptor, where the system tells: then nothing can be swapped between looking and opening. */
  readonly realPathOf: ((fd: number) => string) | undefined;
}

/** @throws FilesError `OS_FILES_ROOT` where there is no such folder, or none that may be read */
export async function openRoot({ root, dotfiles: hidden, links }: RootOptions): Promise<Root> {
  const given = pathOf(root);
  const path = await realFolder(given);
  const within = path.endsWith(sep) ? path : path + sep;

  function placeOf(name: string): string {
    return within + (sep === "/" ? name : name.replaceAll("/", sep));
  }

  async function admits(name: string, real: string): Promise<boolean> {
    if (real === placeOf(name)) return true;
    // A link; or another spelling of a name, on a system that takes several for one.
    if (links === "never" || !real.startsWith(within)) return false;
    const target = real.slice(within.length).replaceAll(sep, "/");
    return isServable(target, hidden) && (keepsSpelling || (await isSpelled(path, name)));
  }

  return { path: within, hidden, links, placeOf, admits, realPathOf: descriptorPaths(path) };
}

/** The last part of a root's path, to be shown: where on the machine it lies is nobody's business. */
export function rootName(root: URL | string): string {
  return basename(pathOf(root)) || "/";
}

function pathOf(root: URL | string): string {
  if (typeof root === "string") return resolve(root);
  if (root.protocol === "file:") return resolve(fileURLToPath(root));
  throw new FilesError("OS_FILES_ROOT", `The root ${root.href} is no folder. Give a file: URL, or a path.`);
}

async function realFolder(given: string): Promise<string> {
  const refused = (why: string): never => {
    throw new FilesError("OS_FILES_ROOT", `The root ${given} ${why}. Make the folder, or name another one.`);
  };
  try {
    const real = await realpath(given);
    if (!(await stat(real)).isDirectory()) refused("is no folder");
    await readdir(real);
    return real;
  } catch (error) {
    if (error instanceof FilesError) throw error;
    return refused(
      error instanceof Error && "code" in error && error.code === "ENOENT" ? "does not exist" : "cannot be read",
    );
  }
}

// Where the usual file systems ignore case, a guard on `/private/*` must not be passed by asking another route for `/PRIVATE/*`.
const keepsSpelling = process.platform === "linux";

/** Whether each segment of a name is spelled as its folder lists it. */
async function isSpelled(root: string, name: string): Promise<boolean> {
  let folder = root;
  for (const segment of name.split("/")) {
    if (!(await readdir(folder)).includes(segment)) return false;
    folder = join(folder, segment);
  }
  return true;
}

/** Linux shows the path of each descriptor. Deno's numbers are its own, so there nothing is to be learnt from them. */
function descriptorPaths(path: string): ((fd: number) => string) | undefined {
  if ("Deno" in globalThis) return undefined;
  const realPathOf = (fd: number): string => readlinkSync(`/proc/self/fd/${fd}`);
  try {
    const fd = openSync(path, constants.O_RDONLY);
    try {
      return fstatSync(fd).isDirectory() && realPathOf(fd) === path ? realPathOf : undefined;
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined; // no /proc, or not for us
  }
}
