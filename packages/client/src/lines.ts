/** Lines of a body of UTF-8, ended by CR, LF or both, however the bytes are cut; what follows the last end comes last. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let afterCr = false;
  try {
    for (let done = false; !done;) {
      const chunk = await reader.read();
      done = chunk.done;
      let text = decoder.decode(chunk.value, { stream: !done });
      if (text === "") continue;
      // The second half of a CRLF that was cut in two ends no other line.
      if (afterCr && text.startsWith("\n")) text = text.slice(1);
      afterCr = text === "" ? false : text.endsWith("\r");
      const found = text.split(/\r\n|[\r\n]/);
      found[0] = rest + (found[0] ?? "");
      rest = found.pop() ?? "";
      yield* found;
    }
    if (rest !== "") yield rest;
  } finally {
    reader.cancel().catch(() => {}); // nobody is left to tell
  }
}
