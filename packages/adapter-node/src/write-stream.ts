import type { ServerResponse } from "node:http";

type Chunk = Uint8Array<ArrayBuffer> | string;
type StreamBody = ReadableStream<Uint8Array<ArrayBuffer>> | AsyncIterable<Chunk>;

/** What both kinds of body have in common: a next chunk, and a way to say that no more is wanted. */
interface Source {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value?: Chunk | undefined }>;
  stop(): Promise<unknown> | undefined;
}

/**
 * Writes a body as fast as the client reads it. A body that fails, or is not as long as it said, ends the connection: the
 * kernel tells of the one, `fault` of the other.
 */
export async function writeStream(
  res: ServerResponse,
  body: StreamBody,
  length: number | undefined,
  fault: (error: unknown) => void,
): Promise<void> {
  const source = sourceOf(body);
  let left = length ?? Number.POSITIVE_INFINITY;
  // A first chunk that is ready leaves in one packet with the head; one that is not does not hold the head back.
  let started = false;
  const flush = setImmediate(() => {
    if (!started && !res.destroyed) res.flushHeaders();
  });
  // An iterator may wait for an event that never comes, so it is told at once and not at its next chunk.
  const onClose = (): void => stop(source);
  res.once("close", onClose);
  // The head is out, so a broken connection is all that can tell the client (RFC 9112 §8).
  function breakOff(): void {
    res.off("close", onClose);
    stop(source);
    res.destroy();
  }
  function cut(why: string): void {
    breakOff();
    fault(new RangeError(why));
  }
  try {
    while (!res.destroyed) {
      const { done, value } = await source.next();
      if (res.destroyed) break;
      if (done === true || value === undefined) {
        res.off("close", onClose);
        if (length === undefined || left === 0) res.end();
        else cut(`OS_INVALID_RESPONSE: a body is ${left} bytes shorter than its content-length.`);
        return;
      }
      const size = typeof value === "string" ? Buffer.byteLength(value) : value.byteLength;
      if (size === 0) continue;
      left -= size;
      if (left < 0) {
        cut("OS_INVALID_RESPONSE: a body is longer than its content-length.");
        return;
      }
      started = true;
      if (!res.write(value)) await drained(res);
    }
  } catch {
    breakOff();
  } finally {
    clearImmediate(flush);
  }
}

/** Tells a body that nobody will read it. */
export function discard(body: StreamBody): void {
  stop(sourceOf(body));
}

function sourceOf(body: StreamBody): Source {
  if ("getReader" in body) {
    const reader = body.getReader();
    return { next: () => reader.read(), stop: () => reader.cancel() };
  }
  const iterator = body[Symbol.asyncIterator]();
  return { next: () => iterator.next(), stop: () => iterator.return?.() };
}

function stop(source: Source): void {
  try {
    source.stop()?.catch(() => undefined);
  } catch {
    // A body that fails to stop has nobody left to tell.
  }
}

/** Settles when the socket takes more, or when it is gone. */
function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (res.destroyed) {
      resolve();
      return;
    }
    const done = (): void => {
      res.off("drain", done);
      res.off("close", done);
      resolve();
    };
    res.on("drain", done);
    res.on("close", done);
  });
}
