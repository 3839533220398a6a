import type { RequestContext } from "./context.ts";

/** Whether an error only says that nobody waits any more: that the client has left, or that the handler's time is over. */
export function isAbandoned({ incoming, deadline }: RequestContext, error: unknown): boolean {
  return [incoming.signal, deadline?.signal].some(
    (signal) => signal?.aborted && (error === signal.reason || (error as Partial<Error> | null)?.name === "AbortError"),
  );
}

/** @throws what the client was told when the handler's time was over: nothing begins after that */
export function refuseLate({ deadline }: RequestContext): void {
  deadline?.signal.throwIfAborted();
}
