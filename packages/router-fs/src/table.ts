/** The rows of all files side by side: who takes whose requests, and which matchers are asked for. */
import type { Diagnostic } from "@openspeed/core";
import type { Place } from "./grammar/place.ts";

export interface TableRow {
  readonly method: string;
  readonly place: Place;
  /** Where it is written. */
  readonly file: string;
}

/** Two files for one path, as the kernel would say it of their mounts. */
export function conflictsOf(rows: Iterable<TableRow>): Diagnostic[] {
  const taken = new Map<string, TableRow>();
  const faults: Diagnostic[] = [];
  for (const row of rows) {
    const { method, place, file } = row;
    for (const outline of place.outlines) {
      const key = `${method} ${outline}`;
      const other = taken.get(key);
      if (other === undefined) taken.set(key, row);
      else if (other.file !== file) {
        faults.push(conflict(row, other));
        break;
      }
    }
  }
  return faults;
}

function conflict({ method, place, file }: TableRow, other: TableRow): Diagnostic {
  const same = place.path === other.place.path;
  return {
    code: same ? "OS_CONFLICTING_PATH" : "OS_SHADOWED_PATH",
    message: same
      ? `${method} ${place.path} is mounted twice: in ${file} and in ${other.file}.`
      : `${method} ${place.path} is never reached: ${other.place.path} takes the same paths (${file} and ${other.file}).`,
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
