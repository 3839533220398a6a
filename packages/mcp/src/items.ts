/** Reads what a route yields, as far as a result can hold it. */

export interface StreamLimits {
  readonly items: number;
  /** Milliseconds. */
  readonly time: number;
}

export interface Items {
  readonly items: readonly unknown[];
  /** Whether the stream would have gone on. */
  readonly more: boolean;
}

/** Bytes that are read of a stream: whoever asks reads the result word by word. */
const MOST = 2 ** 20;

/** Items of `application/x-ndjson` or `text/event-stream`. What is not read any more is cancelled. */
export async function readItems(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  type: string,
  { items: most, time }: StreamLimits,
): Promise<Items> {
  const split = type.startsWith("text/event-stream") ? splitEvents : splitLines;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const items: unknown[] = [];
  let late = false;
  let rest = "";
  let size = 0;
  // Cancelling ends the read that is under way.
  const timer = setTimeout(() => {
    late = true;
    reader.cancel().catch(() => undefined);
  }, time);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      size += value?.byteLength ?? 0;
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const found = split(rest, done);
      rest = found.rest;
      items.push(...found.items);
      if (items.length > most) return { items: items.slice(0, most), more: true };
      if (done) return { items, more: late };
      if (size > MOST) return { items, more: true };
    }
  } finally {
    clearTimeout(timer);
    // A stream that failed cannot be cancelled, and has told its reader.
    await reader.cancel().catch(() => undefined);
  }
}

interface Split {
  readonly items: readonly unknown[];
  readonly rest: string;
}

function splitLines(text: string, done: boolean): Split {
  const lines = text.split("\n");
  const rest = done ? "" : (lines.pop() ?? "");
  return { items: lines.filter((line) => line.trim() !== "").map(valueOf), rest };
}

/** Events by their data (HTML §9.2.6); an event that the stream's end cuts off is none. */
function splitEvents(text: string): Split {
  // A carriage return at the end may be the half of a line break.
  const held = text.endsWith("\r") ? "\r" : "";
  const blocks = text
    .slice(0, text.length - held.length)
    .replaceAll(/\r\n?/g, "\n")
    .split("\n\n");
  const rest = (blocks.pop() ?? "") + held;
  const data = blocks.map((block) =>
    block
      .split("\n")
      .filter((line) => /^data(?::|$)/.test(line))
      .map((line) => line.slice(5).replace(/^ /, "")),
  );
  return { items: data.filter((lines) => lines.length > 0).map((lines) => valueOf(lines.join("\n"))), rest };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
