type Chunks = AsyncIterable<Uint8Array<ArrayBuffer> | string>;

/** The same chunks; `ended` is called once, after the last one was taken, or with the reason why it never was. */
export function whenEnded(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | Chunks,
  ended: (error: unknown) => Promise<void>,
): Chunks {
  const source = (body as Chunks)[Symbol.asyncIterator](); // a ReadableStream is one too, where servers run
  let ending: Promise<void> | undefined;
  const end = (error: unknown): Promise<void> => (ending ??= ended(error));
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        try {
          const result = await source.next();
          if (result.done === true) await end(undefined);
          return result;
        } catch (error) {
          await end(error);
          throw error;
        }
      },
      async return() {
        try {
          await source.return?.();
        } finally {
          await end(new Error("The client went away before the end of the body."));
        }
        return { done: true, value: undefined };
      },
    }),
  };
}
