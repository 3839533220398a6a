import { mergeDiff3 } from "node-diff3";

export interface Merged {
  readonly text: string;
  /** Places where both changed the same lines; both stand in the text, between marks. */
  readonly conflicts: number;
}

/** Two texts that come from one, as one: `git merge-file`, without git. */
export function mergeTexts(base: string, yours: string, made: string): Merged {
  const merged = mergeDiff3(lines(yours), lines(base), lines(made), {
    label: { a: "yours", o: "generated before", b: "generated now" },
    excludeFalseConflicts: true,
  });
  const result: readonly string[] = merged.result;
  const conflicts = result.filter((line) => line.startsWith(MARKS)).length;
  return { text: result.join("\n"), conflicts };
}

/** Whether somebody still has to decide about an earlier merge. */
export function isUndecided(text: string): boolean {
  return /^<<<<<<< yours$/m.test(text) && /^>>>>>>> generated now$/m.test(text);
}

const MARKS = "<<<<<<< yours";

function lines(text: string): string[] {
  return text.split(/\r?\n/);
}
