import { closeDescriptor, readDescriptor } from "./descriptor.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Up to this size a file is read at once: that is cheaper than a stream, and no client can hold more than this of it. */
export const WHOLE: number = 64 * 1024;
const CHUNK = 128 * 1024;

/**
 * A part of a file as one piece. Closes the descriptor.
 *
 * @throws RangeError where the file has become shorter than it was
 */
export async function readPart(fd: number, first: number, length: number): Promise<Bytes> {
  try {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let have = 0; have < length;) {
      const rest = have === 0 ? bytes : bytes.subarray(have);
      have += await readSome(fd, rest, length - have, first + have);
    }
    return bytes;
  } finally {
    closeDescriptor(fd);
  }
}

/**
 * A part of a file, read as it is asked for: a slow client holds one chunk in memory. The descriptor is closed at the end, when
 * nobody wants the rest, and where the file has become shorter than it was, which breaks the stream.
 */
export function streamPart(fd: number, first: number, length: number): ReadableStream<Bytes> {
  const end = first + length;
  const file = heldUntilClosed(fd);
  let at = first;
  let isReading = false;
  let isCancelled = false;
  return new ReadableStream(
    {
      async pull(controller) {
        const size = Math.min(CHUNK, end - at);
        const bytes = Buffer.allocUnsafeSlow(size);
        isReading = true;
        let count: number;
        try {
          count = await readSome(file.fd, bytes, size, at);
        } catch (error) {
          file.close();
          throw error;
        } finally {
          isReading = false;
        }
        at += count;
        if (at === end || isCancelled) file.close();
        if (isCancelled) return;
        controller.enqueue(count === size ? bytes : bytes.subarray(0, count));
        if (at === end) controller.close();
      },
      cancel() {
        isCancelled = true;
        // A read that is under way must not find another file behind its number.
        if (!isReading) file.close();
      },
    },
    { highWaterMark: 0 },
  );
}

async function readSome(fd: number, bytes: Bytes, length: number, position: number): Promise<number> {
  const count = await readDescriptor(fd, bytes, length, position);
  if (count === 0) throw new RangeError("A file became shorter while it was sent.");
  return count;
}

interface Held {
  readonly fd: number;
  close(): void;
}

// What drops an answer without a word, as a middleware that throws after `next()` does, must not cost the process a descriptor.
const forgotten = new FinalizationRegistry(closeDescriptor);

function heldUntilClosed(fd: number): Held {
  let isOpen = true;
  const held: Held = {
    fd,
    close() {
      if (!isOpen) return;
      isOpen = false;
      forgotten.unregister(held);
      closeDescriptor(fd);
    },
  };
  forgotten.register(held, fd, held);
  return held;
}
