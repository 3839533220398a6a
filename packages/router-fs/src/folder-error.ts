/** One thing that is wrong with a folder of routes; the kernel's compile errors have the same form. */
export interface Diagnostic {
  readonly code: `OS_${string}`;
  readonly message: string;
  /** The file, as `source` of a mount writes it. */
  readonly where: string;
  readonly mend: string;
}

/** Everything that is wrong with a folder of routes, found together. */
export class FolderError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(folder: string, diagnostics: readonly Diagnostic[]) {
    const lines = diagnostics.map(({ code, message, where, mend }) => `  ${code} ${where}: ${message}. Mend: ${mend}.`);
    super(`The routes in ${folder} cannot be mounted (${diagnostics.length} found):\n${lines.join("\n")}`);
    this.name = "FolderError";
    this.diagnostics = diagnostics;
  }
}
