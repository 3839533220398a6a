import type { Header } from "../case.ts";
import type { Random } from "../random.ts";

/** A request in the making: tricks change one or the other part of it. */
export interface Draft {
  readonly method: string;
  /** Before the path, of an absolute-form target. */
  readonly origin: string;
  readonly path: string;
  /** With its `?`. */
  readonly query: string;
  readonly headers: readonly Header[];
}

/** One thing that attackers do to a request, and whom it has worked against. */
export interface Trick {
  readonly name: string;
  readonly answersTo: string;
  /** @param subjectPaths real paths of the subject, for what names one path in another's request */
  readonly apply: (draft: Draft, random: Random, subjectPaths: readonly string[]) => Draft;
}

export function targetOf({ origin, path, query }: Draft): string {
  return origin + path + query;
}
