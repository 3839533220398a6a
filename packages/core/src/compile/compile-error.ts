/** One thing that keeps an app from starting. */
export interface Diagnostic {
  /** Stable: `OS_…`, listed in the docs. */
  readonly code: string;
  readonly message: string;
  /** The file, or the route's key. */
  readonly where: string;
  /** What to do. */
  readonly mend: string;
}

/** Everything that compiling found, together. */
export class CompileError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const list = diagnostics.map(({ code, message, where, mend }) => `  ${code} ${where}\n    ${message}\n    ${mend}`);
    super(
      `The app does not compile: ${diagnostics.length} ${diagnostics.length === 1 ? "error" : "errors"}.\n${list.join("\n")}`,
    );
    this.name = "CompileError";
    this.diagnostics = diagnostics;
  }
}
