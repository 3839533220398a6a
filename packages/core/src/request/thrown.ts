/** What was thrown, for those who ask `if (error)` before they commit: there must be something, even if nothing was thrown. */
export function thrown(error: unknown): unknown {
  return error || new Error("What was thrown is no error.", { cause: error });
}
