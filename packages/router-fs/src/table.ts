/** The rows of all files side by side: who takes whose requests, and which matchers are asked for. */
import type { Diagnostic } from "@openspeed/core";
import type { Place } from "./grammar/place.ts";

export interface TableRow {
  readonly method: string;
  readonly path: string;
  /** Where it is written. */
  readonly file: string;
  /** Equal for rows that take the same requests. */
  readonly keys: readonly string[];
}

export function tableRow(method: string, place: Place, file: string): TableRow {
  return { method, path: place.path, file, keys: place.outlines.map((outline) => `${method} ${outline}`) };
}

/** Two files for one path, as the kernel would say it of their mounts. */
export function conflictsOf(rows: Iterable<TableRow>): Diagnostic[] {
  const taken = new Map<string, TableRow>();
  const faults: Diagnostic[] = [];
  for (const row of rows) {
    const others = row.keys.map((key) => taken.get(key) ?? row);
    const other = others.find(({ file }) => file !== row.file);
    if (other !== undefined) faults.push(conflict(row, other));
    for (const key of row.keys) if (!taken.has(key)) taken.set(key, row);
  }
  return faults;
}

export function conflict({ method, path, file }: TableRow, other: TableRow): Diagnostic {
  const same = path === other.path;
  return {
    code: same ? "OS_CONFLICTING_PATH" : "OS_SHADOWED_PATH",
    message: same
      ? `${method} ${path} is mounted twice: in ${file} and in ${other.file}.`
      : `${method} ${path} is never reached: ${other.path} takes the same paths (${file} and ${other.file}).`,
    where: file,
    mend: "Remove one of them, or give it another path.",
  };
}

/** Matchers that nobody wrote. */
export function unknownMatcher(place: Place, file: string, known: ReadonlySet<string>): Diagnostic | undefined {
  for (const matcher of Object.values(place.params)) {
    if (matcher === "" || known.has(matcher)) continue;
    return {
      code: "OS_MATCHER_UNKNOWN",
      message: `There is no matcher named ${matcher}.`,
      where: file,
      mend: `Write matchers/${matcher}.ts, or use one of ${[...known].sort().join(", ")}.`,
    };
  }
  return undefined;
}
