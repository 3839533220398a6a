/** The disk as a project reads it: handed in, so that a project can also be read from elsewhere. */
import { readdirSync, readFileSync, lstatSync } from "node:fs";
import { join } from "node:path";

export interface Disk {
  /** Every file below a folder, relative to it, with `/` between segments. Throws where the folder cannot be read. */
  list(folder: string): string[];
  /** Throws where the file cannot be read. */
  read(file: string): string;
  is(path: string): "file" | "folder" | undefined;
}

/** Links are not followed: a folder of routes is what is in it. */
export function diskAt(root: string): Disk {
  return {
    list(folder) {
      const files: string[] = [];
      const walk = (below: string): void => {
        for (const entry of readdirSync(join(root, folder, below), { withFileTypes: true })) {
          const path = below === "" ? entry.name : `${below}/${entry.name}`;
          if (entry.isFile()) files.push(path);
          else if (entry.isDirectory() && entry.name !== "node_modules") walk(path);
        }
      };
      walk("");
      return files;
    },
    read: (file) => readFileSync(join(root, file), "utf8"),
    is(path) {
      const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
      return stat?.isFile() ? "file" : stat?.isDirectory() ? "folder" : undefined;
    },
  };
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
