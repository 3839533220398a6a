import type { Mount } from "../mount.ts";

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

/** What the compiler found, before anybody asks for it in words. */
export interface Finding {
  readonly code: FindingCode;
  /** A file or a route's key; a mount where its place in the code is to be found out. */
  readonly where: string | Mount;
  /** What the words are made of. */
  readonly facts: readonly (string | Mount)[];
}

export type FindingCode =
  | "OS_CONFLICTING_PATH"
  | "OS_CYCLE"
  | "OS_DUPLICATE_NAME"
  | "OS_INVALID_LIMIT"
  | "OS_MALFORMED_PATH"
  | "OS_PARAMS_MISMATCH"
  | "OS_PROBLEM_CLASH"
  | "OS_RESERVED_NAME"
  | "OS_SCOPE"
  | "OS_SHADOWED_PATH"
  | "OS_UNBOUND_PORT"
  | "OS_UNPOLICED_ROUTE";

export type Report = (code: FindingCode, where: Finding["where"], ...facts: Finding["facts"]) => void;

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

/**
 * Collects findings. `check` throws them all as one error; the words are loaded only then, because an app that compiles
 * has no use for them.
 */
export class Findings {
  readonly list: Finding[];

  constructor(before: readonly Finding[] = []) {
    this.list = [...before];
  }

  readonly report: Report = (code, where, ...facts) => {
    this.list.push({ code, where, facts });
  };

  async check(): Promise<void> {
    if (this.list.length === 0) return;
    const { explain } = await import("./explain.ts");
    throw new CompileError(this.list.map(explain));
  }
}
