/** Which files there are below the folder of routes. */
import type { Disk } from "../disk.ts";
import { sorted } from "../order.ts";

export interface Listing {
  /** In the order of their code points. */
  sorted(): readonly string[];
  has(file: string): boolean;
  /**
   * Looks again at a path that changed, from the root. Files come and go with it if it is one, or a folder, or was either;
   * `same` is a file that is there as before.
   */
  look(path: string): { readonly came: readonly string[]; readonly went: readonly string[]; readonly same?: string };
}

/** @param folder from the root; the files' names are relative to it */
export function createListing(disk: Disk, folder: string, names: readonly string[]): Listing {
  const files = new Set(names);
  let order: string[] | undefined;

  function look(path: string): ReturnType<Listing["look"]> {
    const name = path.slice(folder.length + 1);
    const is = disk.is(path);
    if (is === "file") {
      if (files.has(name)) return { came: [], went: [], same: name };
      return taken({ came: [name], went: [] });
    }
    const below = name === "" ? "" : `${name}/`;
    const went = files.has(name) ? [name] : [...files].filter((file) => file.startsWith(below));
    // All of a folder is read again: it may have been put in the place of another.
    const came = is === "folder" ? disk.list(path).map((file) => below + file) : [];
    return taken({ came, went });
  }

  function taken(change: { came: readonly string[]; went: readonly string[] }): ReturnType<Listing["look"]> {
    for (const file of change.went) files.delete(file);
    for (const file of change.came) files.add(file);
    if (change.came.length > 0 || change.went.length > 0) order = undefined;
    return change;
  }

  return { look, has: (file) => files.has(file), sorted: () => (order ??= sorted(files)) };
}
