/** All files' parts side by side, kept so that one changed file costs what one file costs. */
import type { Diagnostic } from "@openspeed/core";
import { createIndex } from "../owners.ts";
import { createTable } from "../table.ts";
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
  size(): number;
  /** What is wrong with files, and between them. */
  faults(): Diagnostic[];
  /** Members of `Api` whose key more than one file has. */
  readonly shared: ReadonlySet<string>;
}

export function createLedger(): Ledger {
  const parts = new Map<string, Part>();
  const faulty = new Map<string, readonly Diagnostic[]>();
  const table = createTable();
  const members = createIndex<string>();

  function set(file: string, part: Part | undefined): Change {
    const before = parts.get(file);
    if (before !== undefined) {
      for (const row of before.table) table.remove(row);
      for (const { key } of before.members) members.remove(key, file);
    }
    faulty.delete(file);
    parts.delete(file);
    if (part !== undefined) {
      parts.set(file, part);
      if (part.faults.length > 0) faulty.set(file, part.faults);
      for (const row of part.table) table.add(row);
      for (const { key } of part.members) members.add(key, file);
    }
    return { mounts: before?.text !== part?.text, members: before?.api !== part?.api };
  }

  function faults(): Diagnostic[] {
    return [...[...faulty.values()].flat(), ...table.conflicts()];
  }

  return {
    set,
    get: (file) => parts.get(file),
    files: () => parts.keys(),
    size: () => parts.size,
    faults,
    shared: members.keys,
  };
}
