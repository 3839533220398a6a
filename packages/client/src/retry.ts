import { milliseconds, pause } from "./duration.ts";
import { RequestFailure } from "./failure.ts";
import type { RetryOptions } from "./options.ts";

export interface Retriable {
  /** Whether sending twice does no more than sending once. */
  readonly again: boolean;
  readonly signal: AbortSignal;
  /** No wait may pass it. */
  readonly deadline: number;
}

/** Sends until there is an answer, or no retry left. */
export type Retry = (send: () => Promise<Response>, request: Retriable) => Promise<Response>;

const RESERVE = 10;
const TEMPORARY = [408, 429, 502, 503, 504];

/** One budget for all requests of a client: each adds its share, each retry takes one. */
export function retrying({ limit = 2, base = "200ms", cap = "10s", budget = 0.2 }: RetryOptions): Retry {
  const longest = milliseconds(cap);
  const first = milliseconds(base);
  let tokens = RESERVE;
  return async (send, { again, signal, deadline }) => {
    tokens = Math.min(RESERVE, tokens + budget);
    for (let retries = 0; ; retries++) {
      let response: Response | undefined;
      let error: unknown;
      try {
        response = await send();
        if (!TEMPORARY.includes(response.status)) return response;
      } catch (thrown) {
        // What an interceptor throws is its own matter.
        if (!(thrown instanceof RequestFailure)) throw thrown;
        error = thrown;
      }
      // Full jitter, so that clients that failed together do not come back together.
      const wait = retryAfter(response) || Math.random() * Math.min(longest, first * 2 ** retries);
      const possible = again && !signal.aborted && retries < limit && wait <= longest && Date.now() + wait < deadline;
      if (possible && tokens >= 1) {
        tokens--;
        await response?.body?.cancel();
        await pause(wait, signal);
      } else if (response === undefined) throw error;
      else return response;
    }
  };
}

/** `Retry-After` in milliseconds: seconds, or a date (RFC 9110 §10.2.3). Without a time to come: not a number, or none above 0. */
function retryAfter(response: Response | undefined): number {
  const text = response?.headers.get("retry-after") ?? "";
  return /^\d+$/.test(text) ? Number(text) * 1000 : Math.max(0, Date.parse(text) - Date.now());
}
