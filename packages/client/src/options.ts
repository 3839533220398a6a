import type { Duration } from "./duration.ts";
import type { Texts } from "./route-types.ts";

/** How many bytes of a body have been sent. `total` is unknown for forms with files and for streams. */
export interface Progress {
  readonly loaded: number;
  readonly total: number | undefined;
}

/** What can be said about one request, whatever its route takes. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Until the value is there, retries included; of a stream, until it begins. `false`: no end. Default: the client's. */
  readonly timeout?: Duration | false | undefined;
  /** `false`: this request is sent once. */
  readonly retry?: false | undefined;
  /** Sends an `Idempotency-Key`, the same with each retry, so that POST and PATCH are retried too. Default `false`. */
  readonly idempotent?: boolean | undefined;
  /** How an object is written into the body. Default `"json"`; `"multipart"` takes `{ fields, files }`, or names with values. */
  readonly send?: "json" | "form" | "multipart" | undefined;
  /** On servers; browsers send their own. */
  readonly cookies?: Texts | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface StreamOptions {
  /** Connects again when the stream breaks off or ends, from the last event's id on; 204 ends it. Default `false`. */
  readonly reconnect?: boolean | undefined;
  /** The id of the last event that is known. */
  readonly lastEventId?: string | undefined;
}

export interface RetryOptions {
  /** Retries of one request. Default 2. */
  readonly limit?: number;
  /** The longest wait before the first retry; it doubles with each. The wait is random, up to that. Default `"200ms"`. */
  readonly base?: Duration;
  /** The longest wait of all. A longer `Retry-After` is not waited for: the problem is the answer. Default `"10s"`. */
  readonly cap?: Duration;
  /** Retries for each request sent, once ten have been spent: a dead server is not hammered. Default 0.2. */
  readonly budget?: number;
}

/** Stands around each request that is sent, retries included. */
export type Around = (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;

/** What answers in process: an app. */
export interface Handler {
  fetch(request: Request): Response | Promise<Response>;
}

export interface ClientOptions {
  /** Problems and failures are thrown, and a call gives its value. Default `false`: a call gives an answer. */
  readonly throws?: boolean;
  /** Sent with each request; a function is asked before each. */
  readonly headers?: Texts | (() => Texts | Promise<Texts>);
  /** Default `"30s"`. */
  readonly timeout?: Duration | false;
  /** For GET, HEAD, OPTIONS, PUT, DELETE, and what has an `Idempotency-Key`; after network failures, 408, 429, 502, 503, 504. */
  readonly retry?: RetryOptions | false;
  /** Outermost first. */
  readonly around?: readonly Around[];
  /** In place of the platform's. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** What else a `Request` takes: `credentials`, `cache`, `redirect`. */
  readonly init?: Omit<RequestInit, "method" | "headers" | "body" | "signal">;
}
