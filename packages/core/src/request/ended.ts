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
  const end = (why: unknown, left = false): Promise<void> => (ending ??= Promise.resolve(ended({ error: why, left })));

  async function next(): Promise<IteratorResult<Chunk, undefined>> {
    try {
      const { done, value } = await source.next();
      if (done !== true && value !== undefined) return { done: false, value: chunk(value) };
      await end(undefined);
      return { done: true, value: undefined };
    } catch (error) {
      await end(thrown(error));
      throw error;
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

function chunk(value: unknown): Chunk {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return value as Uint8Array<ArrayBuffer>;
  throw new TypeError(
    "A streamed body yields texts or bytes; other items need the media type of NDJSON or of server-sent events.",
  );
}
