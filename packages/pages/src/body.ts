type Body = string | ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * A body of these chunks: one text when all of them are there at once, else a stream whose first chunk has come, so that what
 * fails before it can still be answered with a status of its own.
 */
export async function toBody(chunks: AsyncGenerator<string, void>): Promise<Body> {
  const first = await chunks.next();
  let text = first.done === true ? "" : first.value;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = new Promise<"later">((resolve) => {
    timer = setTimeout(() => resolve("later"), 0);
  });
  try {
    for (let ended = first.done === true; !ended;) {
      const next = chunks.next();
      const result = await Promise.race([next, turn]);
      if (result === "later") return toStream(text, next, chunks);
      if (result.done === true) ended = true;
      else text += result.value;
    }
    return text;
  } finally {
    clearTimeout(timer);
  }
}

function toStream(
  first: string,
  next: Promise<IteratorResult<string, void>>,
  chunks: AsyncGenerator<string, void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let pending: Promise<IteratorResult<string, void>> | undefined = next;
  next.catch(() => undefined); // told to whoever pulls
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(first));
    },
    async pull(controller) {
      const { done, value } = await (pending ?? chunks.next());
      pending = undefined;
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return();
    },
  });
}
