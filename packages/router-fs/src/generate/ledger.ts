/** All files' parts side by side, kept so that one changed file costs what one file costs. */
import type { Diagnostic } from "@openspeed/core";
import { byCodePoint } from "../order.ts";
import { conflict, type TableRow } from "../table.ts";
import type { Part } from "./part.ts";

export interface Change {
  /** Whether the generated mounts are others. */
  readonly mounts: boolean;
  /** Whether the members of `Api` are others. */
  readonly members: boolean;
}

export interface Ledger {
  /** Puts a file's part in the place of the one it had; `undefined` takes it out. */
  set(file: string, part: Part | undefined): Change;
  get(file: string): Part | undefined;
  files(): Iterable<string>;
  /** What is wrong with files, and between them. */
  faults(): Diagnostic[];
  /** Members of `Api` whose key more than one file has. */
  readonly shared: ReadonlySet<string>;
}

export function createLedger(): Ledger {
  const parts = new Map<string, Part>();
  const faulty = new Map<string, readonly Diagnostic[]>();
  const rows = createIndex<TableRow>();
  const members = createIndex<string>();

  function set(file: string, part: Part | undefined): Change {
    const before = parts.get(file);
    if (before !== undefined) {
      for (const row of before.table) for (const key of row.keys) rows.remove(key, row);
      for (const { key } of before.members) members.remove(key, file);
    }
    faulty.delete(file);
    parts.delete(file);
    if (part !== undefined) {
      parts.set(file, part);
      if (part.faults.length > 0) faulty.set(file, part.faults);
      for (const row of part.table) for (const key of row.keys) rows.add(key, row);
      for (const { key } of part.members) members.add(key, file);
    }
    return { mounts: before?.text !== part?.text, members: before?.api !== part?.api };
  }

  function faults(): Diagnostic[] {
    const found = [...faulty.values()].flat();
    const told = new Set<TableRow>();
    for (const [, owners] of rows.shared()) {
      const [first, ...others] = [...owners].sort((a, b) => byCodePoint(a.file, b.file));
      for (const other of others) {
        if (first === undefined || other.file === first.file || told.has(other)) continue;
        told.add(other);
        found.push(conflict(other, first));
      }
    }
    return found;
  }

  return { set, get: (file) => parts.get(file), files: () => parts.keys(), faults, shared: members.keys };
}

interface Index<T> {
  add(key: string, owner: T): void;
  remove(key: string, owner: T): void;
  /** Those that have more than one owner. */
  readonly keys: ReadonlySet<string>;
  /** Sorted. */
  shared(): [key: string, owners: readonly T[]][];
}

function createIndex<T>(): Index<T> {
  // Most keys have one owner, which then stands for itself.
  const first = new Map<string, T>();
  const more = new Map<string, T[]>();
  const keys = new Set<string>();
  return {
    keys,
    add(key, owner) {
      const other = first.get(key);
      if (other === undefined) return void first.set(key, owner);
      if (other === owner) return undefined;
      const list = more.get(key) ?? [other];
      if (!list.includes(owner)) list.push(owner);
      more.set(key, list);
      keys.add(key);
      return undefined;
    },
    remove(key, owner) {
      const list = more.get(key)?.filter((other) => other !== owner);
      if (list === undefined) {
        if (first.get(key) === owner) first.delete(key);
        return;
      }
      const [left] = list;
      if (left !== undefined) first.set(key, left);
      if (list.length > 1) more.set(key, list);
      else {
        more.delete(key);
        keys.delete(key);
      }
    },
    shared: () => [...more].sort(([a], [b]) => byCodePoint(a, b)),
  };
}
