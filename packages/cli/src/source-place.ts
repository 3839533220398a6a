import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** A place in words taken apart: `src/app.ts:12:5`. */
export interface SourcePlace {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
}

/** The file and line that a diagnostic's `where` names, if there is such a file. */
export function sourcePlace(where: string, root: string): SourcePlace | undefined {
  const match = /^(.*?):(\d+)(?::(\d+))?$/.exec(where);
  if (match === null) return undefined;
  const file = resolve(root, match[1] ?? "");
  if (!existsSync(file) || !statSync(file).isFile()) return undefined;
  const line = Number(match[2]);
  if (line < 1 || line > readFileSync(file, "utf8").split("\n").length) return undefined;
  return { file, line, column: match[3] === undefined ? undefined : Number(match[3]) };
}
