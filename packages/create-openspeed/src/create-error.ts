/** What is wrong, where, and what to do about it. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly where: string;
  readonly mend: string;
}

/** A project cannot be made, for a reason that a person can mend. */
export class CreateError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostic: Diagnostic, options?: ErrorOptions) {
    const { code, where, message, mend } = diagnostic;
    super(`${code} ${where}: ${message} ${mend}`, options);
    this.name = "CreateError";
    this.diagnostics = [diagnostic];
  }
}
