/** What is wrong with how files are to be served: one line with the mend, and a stable code. */
export class FilesError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = "FilesError";
    this.code = code;
  }
}
