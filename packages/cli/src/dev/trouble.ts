import { readFileSync } from "node:fs";
import { codeFrameColumns } from "@babel/code-frame";
import type { Diagnostic } from "@openspeed/core";
import { sourcePlace } from "../source-place.ts";

/** Why the newest code does not serve, with the lines that are to blame: for the overlay. */
export interface TroubleItem extends Diagnostic {
  readonly frame?: string;
}

export function withFrames(diagnostics: readonly Diagnostic[], root: string): readonly TroubleItem[] {
  return diagnostics.map((diagnostic) => {
    const place = sourcePlace(diagnostic.where, root);
    if (place === undefined) return diagnostic;
    const { file, line, column = 1 } = place;
    const frame = codeFrameColumns(readFileSync(file, "utf8"), { start: { line, column: column - 1 } });
    return { ...diagnostic, frame };
  });
}
