import { readdirSync } from "node:fs";
import { join } from "node:path";

/** A project's own files whose names fit, by their paths from the root: without packages, builds, and names with a dot. */
export function projectFiles(root: string, fits: (name: string) => boolean): readonly string[] {
  return projectPaths(root, fits, false);
}

/** The same, and the folders on the way. */
export function projectPaths(
  root: string,
  fits: (name: string) => boolean = () => true,
  folders = true,
): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (isNoSource(path)) continue;
      if (entry.isDirectory()) {
        if (folders) found.push(path);
        visit(path);
      } else if (fits(entry.name)) found.push(path);
    }
  };
  visit("");
  return found.toSorted();
}

/** What is not written by hand: packages, builds, what is generated; and everything whose name begins with a dot. */
export function isNoSource(path: string): boolean {
  return /(?:^|\/)(?:node_modules|\.[^/]*)(?:\/|$)|^dist(?:\/|$)/.test(path);
}
