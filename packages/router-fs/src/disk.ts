/** The disk as a project reads it: handed in, so that a project can also be read from elsewhere. */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parseFileName } from "./grammar/file-name.ts";

export interface Disk {
  /** Every file below a folder, relative to it, with `/` between segments. Throws where the folder cannot be read. */
  list(folder: string): string[];
  /** Throws where the file cannot be read. */
  read(file: string): string;
  is(path: string): "file" | "folder" | undefined;
}

/**
 * Links to files are followed, links to folders are not: they could lead around in circles. What has a file's name and cannot
 * be read as one is listed too, so that it is told of: a guard that nobody reads would be worse.
 */
export function diskAt(root: string): Disk {
  return {
    list(folder) {
      const files: string[] = [];
      const walk = (below: string): void => {
        for (const entry of readdirSync(join(root, folder, below), { withFileTypes: true })) {
          const path = below === "" ? entry.name : `${below}/${entry.name}`;
          if (entry.isFile()) files.push(path);
          else if (entry.isDirectory()) {
            if (isNamedLikeFile(entry.name)) files.push(path);
            else if (entry.name !== "node_modules") walk(path);
          } else if (entry.isSymbolicLink() && !leadsToFolder(join(root, folder, path))) files.push(path);
        }
      };
      walk("");
      return files;
    },
    read(file) {
      const path = join(root, file);
      try {
        return readFileSync(path, "utf8");
      } catch (error) {
        if (isMissing(error) && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
          throw new Error("it is a link that leads nowhere", { cause: error });
        if (error instanceof Error && "code" in error && error.code === "EISDIR")
          throw new Error("it is a folder", { cause: error });
        throw error;
      }
    },
    is(path) {
      const place = join(root, path);
      const stat = lstatSync(place, { throwIfNoEntry: false });
      if (stat?.isSymbolicLink()) return leadsToFolder(place) ? undefined : "file";
      if (stat?.isDirectory()) return isNamedLikeFile(basename(path)) ? "file" : "folder";
      return stat?.isFile() ? "file" : undefined;
    },
  };
}

/** A page or a folder file: no part of a path is called so by intent. */
function isNamedLikeFile(name: string): boolean {
  const parsed = parseFileName(name);
  return typeof parsed === "object" && "role" in parsed && parsed.role !== "route" && parsed.role !== "method";
}

function leadsToFolder(link: string): boolean {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false; // it leads nowhere, which is told when it is read
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
