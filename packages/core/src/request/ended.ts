import type { Awaitable } from "../boundary.ts";
import { thrown } from "./thrown.ts";
import { within } from "./within.ts";

type Chunk = Uint8Array<ArrayBuffer> | string;
type Chunks = AsyncIterable<Chunk>;

/** How a body ended. */
export interface BodyEnding {
  /** What kept it from being sent whole; `undefined` when it was. */
  readonly error: unknown;
  /** Whether it would have gone on, but nobody wants the rest. */
  readonly left: boolean;
}

/**
 * The same chunks. `ended` is called once: after the last one was taken, or with the reason why it never was. If it throws, the
 * body fails, and whoever reads it does not take it for whole.
 *
 * @param limit milliseconds that a source has to stop when nobody wants more; default 30 s
 */
export function whenEnded(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | Chunks,
  ended: (ending: BodyEnding) => Promise<void> | void,
  limit = 30_000,
): Chunks {
  const source = readerOf(body);
  let ending: Promise<void> | undefined;
  const end = (why: unknown, left = false): Promise<void> =>
    (ending ??= Promise.resolve({ error: why, left }).then(ended));

  const over = (): IteratorResult<Chunk, undefined> => ({ done: true, value: undefined });
  const failed = (reason: unknown): Promise<never> =>
    end(thrown(reason)).then(() => {
      throw reason;
    });
  function taken(result: Awaited<ReturnType<Source["next"]>>): Awaitable<IteratorResult<Chunk, undefined>> {
    if (result.done === true || result.value === undefined) return end(undefined).then(over);
    if (isChunk(result.value)) return { done: false, value: result.value };
    stop().catch(() => {}); // it has more of what nobody can send; the first error is the one to tell
    return failed(notChunk());
  }

  // Chained by hand: each async function between a source and its reader would be paid for by every chunk.
  function next(): Promise<IteratorResult<Chunk, undefined>> {
    try {
      return source.next().then(taken, failed);
    } catch (error) {
      return failed(error); // not even a promise
    }
  }

  /** A source may wait for what never comes, so it is told at once; what it holds is released when it has stopped. */
  async function stop(): Promise<IteratorResult<Chunk, undefined>> {
    const left = new Error("The client went away before the end of the body.");
    try {
      await within(Promise.resolve(source.return?.()), limit, () => left);
    } catch (error) {
      await end(thrown(error), error === left);
    }
    await end(left, true);
    return { done: true, value: undefined };
  }

  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}

interface Source {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  return?(): Promise<unknown>;
}

function readerOf(body: ReadableStream<Uint8Array<ArrayBuffer>> | Chunks): Source {
  if (!("getReader" in body)) return body[Symbol.asyncIterator]();
  const reader = body.getReader();
  return { next: () => reader.read(), return: () => reader.cancel() };
}

function isChunk(value: unknown): value is Chunk {
  return typeof value === "string" || value instanceof Uint8Array;
}

function notChunk(): Error {
  return new TypeError(
    "A streamed body yields texts or bytes; other items need the media type of NDJSON or of server-sent events.",
  );
}
