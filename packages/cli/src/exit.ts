/** What the process ends with. */
export const EXIT = {
  fine: 0,
  /** `check` has findings, `graph diff` changes. */
  found: 1,
  /** `graph diff`: routes that lost their guard, or came without one. */
  unprotected: 2,
  /** The command could not do its work. */
  failed: 3,
} as const;
