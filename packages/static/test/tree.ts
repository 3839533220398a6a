import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** A folder of files for one test file, in a folder with secrets around it. */
export interface Tree {
  readonly root: URL;
  readonly path: string;
  /** The folder around the root. */
  readonly around: string;
  placeOf(name: string): string;
  write(name: string, content: string | Uint8Array, modified?: Date): void;
  remove(): void;
}

/** Long enough ago for strong validators. */
export const LONG_AGO = new Date("2024-02-29T12:00:00Z");

export function makeTree(files: Readonly<Record<string, string | Uint8Array>>): Tree {
  const around = realpathSync(mkdtempSync(join(tmpdir(), "openspeed-static-")));
  const path = join(around, "root");
  mkdirSync(path);
  const tree: Tree = {
    root: pathToFileURL(`${path}/`),
    path,
    around,
    placeOf: (name) => join(path, name),
    write(name, content, modified = LONG_AGO) {
      const place = join(path, name);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
      utimesSync(place, modified, modified);
    },
    remove: () => rmSync(around, { recursive: true }),
  };
  for (const [name, content] of Object.entries(files)) tree.write(name, content);
  return tree;
}
