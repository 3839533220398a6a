import type { Diagnostic } from "@openspeed/core";

/** One row of the table: what `openspeed routes` shows and what the app serves. */
export interface ScannedRoute {
  /** `GET`, `POST` …; `404` for what answers where nothing else does. */
  readonly method: string;
  readonly path: string;
  readonly kind: "route" | "page" | "action" | "not-found";
  /** From the root, with `/` between segments. */
  readonly file: string;
  /** The `_use` files that it inherits, outermost first. */
  readonly uses: readonly string[];
  /** For pages, the layouts around it, outermost first. */
  readonly layouts: readonly string[];
  /** The names in its path and their matchers; empty text for none. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Scan {
  /** In the order in which they are mounted. */
  readonly routes: readonly ScannedRoute[];
  /** How many files the router read. */
  readonly files: number;
  /** All that is wrong; `where` is a file from the root, with line and column where they are known. */
  readonly faults: readonly Diagnostic[];
}
