import type { Diagnostic } from "./diagnostic.ts";

/** What is wrong with a document or a folder, said so that a person can mend it. The CLI prints its diagnostics. */
export class GenerateError extends Error {
  override readonly name = "GenerateError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ code, where, message, mend }) => `${code} ${where}: ${message} ${mend}`).join("\n"));
    this.diagnostics = diagnostics;
  }
}
