import type { Mount } from "../mount.ts";

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
  | "OS_ROUTE_EXPORT"
  | "OS_SCOPE"
  | "OS_SHADOWED_PATH"
  | "OS_UNBOUND_PORT"
  | "OS_UNPOLICED_ROUTE"
  | "OS_UNUSABLE_ITEM";

export type Report = (code: FindingCode, where: Finding["where"], ...facts: Finding["facts"]) => void;

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
    const { compileError } = await import("./explain.ts");
    throw compileError(this.list);
  }
}
