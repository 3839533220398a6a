import type { FieldError } from "../form/errors.ts";
import type { Timing } from "./server-timing.ts";

/** A request that was sent and what came of it, as far as it has come. */
export interface Exchange {
  readonly id: string;
  /** The route's key. */
  readonly key: string;
  readonly method: string;
  readonly target: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: "sending" | "streaming" | "done" | "aborted" | "failed";
  readonly status?: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Milliseconds until the headers were here, and until all was. */
  readonly waited?: number;
  readonly took?: number;
  readonly size?: number;
  readonly body?: AnswerBody;
  readonly problem?: Problem | undefined;
  readonly timings: readonly Timing[];
  /** Where a redirect led. */
  readonly redirected?: string | undefined;
  /** Why nothing came. */
  readonly failure?: string;
}

export type AnswerBody =
  | { readonly kind: "empty" }
  | { readonly kind: "json"; readonly text: string; readonly value: unknown }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly url: string; readonly type: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }
  | { readonly kind: "stream"; readonly items: readonly StreamItem[]; readonly dropped: number };

export interface StreamItem {
  /** Milliseconds since the request was sent. */
  readonly at: number;
  readonly text: string;
  readonly event?: string | undefined;
  readonly id?: string | undefined;
}

/** RFC 9457, with what the kernel adds. */
export interface Problem {
  readonly name?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors: readonly FieldError[];
}
