/** One thing that is wrong: what, where, and how to mend it. The same form as the kernel's. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  /** `file:line:column`, as far as it is known. */
  readonly where: string;
  readonly mend: string;
}
