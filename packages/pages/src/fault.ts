/** What is wrong with a page as it was written: one line with where and the mend, and a stable code. */
export class PageError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = "PageError";
    this.code = code;
  }
}
