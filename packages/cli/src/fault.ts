import type { Diagnostic } from "@openspeed/core";

/** Something that a person can mend: it is shown as diagnostics, never as a stack. */
export class Fault extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ code, where, message, mend }) => `${code} ${where}: ${message} ${mend}`).join("\n"));
    this.name = "Fault";
    this.diagnostics = diagnostics;
  }
}

/** What an error carries for people: ours, a CompileError of whichever core, one of another package's. */
export function diagnosticsOf(error: unknown): readonly Diagnostic[] | undefined {
  if (!(error instanceof Error) || !("diagnostics" in error) || !Array.isArray(error.diagnostics)) return undefined;
  return error.diagnostics as readonly Diagnostic[];
}
