/** What the process ends with. */
export const EXIT = {
  fine: 0,
  /** `check` has findings, `graph diff` and `openapi diff` changes. */
  found: 1,
  /** `graph diff`: routes that lost their guard, or came without one. */
  unprotected: 2,
  /** `openapi diff`: what callers break on. */
  breaking: 2,
  /** The command could not do its work. */
  failed: 3,
} as const;
