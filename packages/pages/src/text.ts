/** A renderer's chunks as text; leaving early cancels the rendering. */
export async function* textOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const text = decoder.decode(value, { stream: true });
      if (text !== "") yield text;
    }
    ended = true;
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined); // whoever renders has been told why
  }
}
