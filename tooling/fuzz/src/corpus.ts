/** Inputs as files: what was written by hand has a name, what was found is named by its bytes. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Bytes = Uint8Array<ArrayBuffer>;

export const root: string = join(import.meta.dirname, "../../..");

/** Checked in: replayed by every `npm test`. */
export function corpusFolder(target: string): string {
  return join(root, "tooling/fuzz/corpus", target);
}

/** What runs on this machine found, for the next one to begin with; ignored by git. */
export function foundFolder(target: string): string {
  return join(root, ".data/fuzz", target);
}

/** What failed on this machine. */
export const findingsFolder: string = join(root, ".reports/fuzz");

export interface Entry {
  readonly name: string;
  readonly input: Bytes;
  /** Found by a run, where others were written by hand. */
  readonly found: boolean;
}

export function readCorpus(folder: string): readonly Entry[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, input: readInput(join(folder, name)), found: /^[\da-f]{16}$/.test(name) }));
}

export function readInput(file: string): Bytes {
  return Uint8Array.from(readFileSync(file));
}

/** Writes an input, named by its bytes, and tells where. */
export function writeInput(folder: string, input: Uint8Array): string {
  const file = join(folder, nameOf(input));
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, input);
  return file;
}

/** Puts these in the place of all that was found before; what was written by hand stays. */
export function replaceFound(folder: string, inputs: readonly Uint8Array[]): void {
  for (const { name, found } of readCorpus(folder)) if (found) rmSync(join(folder, name));
  for (const input of inputs) writeInput(folder, input);
}

function nameOf(input: Uint8Array): string {
  return createHash("sha256").update(input).digest("hex").slice(0, 16);
}
