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
