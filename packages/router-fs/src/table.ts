/** The rows of all files side by side: who takes whose requests, and which matchers are asked for. */
import type { Diagnostic } from "@openspeed/core";
import type { Place } from "./grammar/place.ts";
import { byCodePoint } from "./order.ts";
import { createIndex } from "./owners.ts";

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

/** Rows that come and go, and those of them that take each other's requests. */
export interface Table {
  add(row: TableRow): void;
  remove(row: TableRow): void;
  /** Each row that another file's, earlier in the order of code points, leaves nothing to: as the kernel would say it. */
  conflicts(): Diagnostic[];
}

export function createTable(): Table {
  const rows = createIndex<TableRow>();
  return {
    add(row) {
      for (const key of row.keys) rows.add(key, row);
    },
    remove(row) {
      for (const key of row.keys) rows.remove(key, row);
    },
    conflicts() {
      const faults = new Map<TableRow, Diagnostic>();
      for (const [, owners] of rows.shared()) {
        const [first, ...others] = [...owners].sort((a, b) => byCodePoint(a.file, b.file));
        for (const other of others) {
          if (first !== undefined && other.file !== first.file && !faults.has(other))
            faults.set(other, conflict(other, first));
        }
      }
      return [...faults.values()];
    },
  };
}

function conflict({ method, path, file }: TableRow, other: TableRow): Diagnostic {
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
