import { readFileSync } from "node:fs";
import { codeFrameColumns } from "@babel/code-frame";
import type { Diagnostic } from "@openspeed/core";
import { sourcePlace } from "../source-place.ts";
import { fromRoot } from "../thrown-at.ts";
import type { Style } from "./terminal.ts";

/** A diagnostic as a machine reads it: its place taken apart, if it names one. */
export interface PlacedDiagnostic extends Diagnostic {
  /** From the project's folder. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export function placed(diagnostic: Diagnostic, root: string): PlacedDiagnostic {
  const place = sourcePlace(diagnostic.where, root);
  if (place === undefined) return diagnostic;
  const { line, column } = place;
  return { ...diagnostic, file: fromRoot(place.file, root), line, ...(column === undefined ? {} : { column }) };
}

/** Each diagnostic with its code, place and mend, and with the lines that it is about. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], root: string, style: Style): string {
  return diagnostics.map((diagnostic) => printOne(diagnostic, root, style)).join("\n\n");
}

function printOne({ code, message, where, mend }: Diagnostic, root: string, style: Style): string {
  const place = sourcePlace(where, root);
  const named =
    place === undefined ? where : [fromRoot(place.file, root), place.line, place.column].filter(isSaid).join(":");
  const lines = [
    `${style.red("error")} ${style.bold(named)} ${style.dim(code)}`,
    `  ${message}`,
    `  ${style.cyan(mend)}`,
  ];
  if (place !== undefined) {
    const { line, column } = place;
    const frame = codeFrameColumns(
      readFileSync(place.file, "utf8"),
      { start: { line, column: (column ?? 1) - 1 } }, // columns of frames begin at 0
      { linesAbove: 1, linesBelow: 1, forceColor: style.isColorSupported, highlightCode: style.isColorSupported },
    );
    // Without a column there is nothing for a caret to point at.
    const shown = column === undefined ? frame.replace(/\n[^\n\d]*\^[^\n\d]*(?=\n|$)/, "") : frame;
    lines.push("", shown.replaceAll(/^/gm, "  "));
  }
  return lines.join("\n");
}

function isSaid(part: unknown): boolean {
  return part !== undefined;
}
