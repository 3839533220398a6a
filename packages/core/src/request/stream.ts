import type { Outcome, OutcomeBody } from "../boundary.ts";

type Chunks = AsyncIterable<Uint8Array<ArrayBuffer> | string>;

export function isStreamed(body: OutcomeBody): body is ReadableStream<Uint8Array<ArrayBuffer>> | Chunks {
  return typeof body === "object" && body !== null && !(body instanceof Uint8Array);
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** Releases what a body that nobody will read holds. */
export function discard({ body }: Outcome): void {
  if (!isStreamed(body)) return;
  // Whoever made the body has been told; there is nobody left to tell of a failure.
  try {
    const done = "cancel" in body ? body.cancel() : body[Symbol.asyncIterator]().return?.();
    done?.then(undefined, () => {});
  } catch {}
}
