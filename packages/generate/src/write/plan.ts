import { type GeneratedFile, MARK } from "../generator.ts";
import { isUndecided, mergeTexts } from "./merge.ts";

/** What is to happen to one file. */
export interface Step {
  readonly path: string;
  /**
   * `conflict`: both sides stand in it. `undecided`: it still has the marks of an earlier merge. `foreign`: it was there,
   * and was not generated. `left`: it is generated no more, and people have written in it.
   */
  readonly what: "write" | "same" | "merge" | "conflict" | "undecided" | "foreign" | "remove" | "left";
  /** What the file is to be. */
  readonly text?: string;
  /** What the next merge starts from; `null`: nothing any more. */
  readonly base?: string | null;
}

/** Decides about a file that was made: pure, so that nothing is written before everything is decided. */
export function stepFor(file: GeneratedFile, there: string | undefined, base: string | undefined): Step {
  const { path, text, merged = false } = file;
  const kept = merged ? { base: text } : {};
  if (there === undefined) return { path, what: "write", text, ...kept };
  if (there === text) return { path, what: "same", ...kept };
  if (!merged) return there.includes(MARK) ? { path, what: "write", text } : { path, what: "foreign" };
  if (isUndecided(there)) return { path, what: "undecided" };
  if (there === base) return { path, what: "write", text, ...kept };
  if (base === text) return { path, what: "same" };
  const result = mergeTexts(base ?? "", there, text);
  return { path, what: result.conflicts > 0 ? "conflict" : "merge", text: result.text, ...kept };
}

/** Decides about a file that was made once and is made no more. */
export function stepForGone(path: string, there: string | undefined, base: string): Step {
  return { path, what: there === undefined || there === base ? "remove" : "left", base: null };
}
