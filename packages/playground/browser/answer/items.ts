import type { AnswerBody, StreamItem } from "./exchange.ts";

type Stream = Extract<AnswerBody, { readonly kind: "stream" }>;

/** So many items are kept; a stream may have no end. */
const KEPT = 500;

/** Reads events (WHATWG HTML §9.2.6) or lines, and tells of them as they come. */
export async function readItems(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  type: string,
  since: () => number,
  onChange: (stream: Stream, size: number) => void,
): Promise<void> {
  const parts = type === "text/event-stream" ? /\r?\n\r?\n|\r\r/ : /\r?\n/;
  const decoder = new TextDecoder();
  let items: readonly StreamItem[] = [];
  let [dropped, size, rest] = [0, 0, ""];
  const take = (texts: readonly string[]): void => {
    const at = since();
    const come = texts.flatMap((text) => itemOf(text, type, at) ?? []);
    if (come.length === 0) return;
    const all = [...items, ...come];
    dropped += Math.max(0, all.length - KEPT);
    items = all.slice(-KEPT);
    onChange({ kind: "stream", items, dropped }, size);
  };
  for await (const chunk of body) {
    size += chunk.length;
    const texts = (rest + decoder.decode(chunk, { stream: true })).split(parts);
    rest = texts.pop() ?? "";
    take(texts);
  }
  if (rest.trim() !== "") take([rest]);
}

function itemOf(text: string, type: string, at: number): StreamItem | undefined {
  if (type !== "text/event-stream") return text.trim() === "" ? undefined : { at, text };
  const fields = text.split(/\r?\n|\r/).map((line) => /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []);
  const valueOf = (name: string): string | undefined => fields.findLast(([, field]) => field === name)?.[2];
  const data = fields.filter(([, field]) => field === "data").map(([, , value = ""]) => value);
  const named = { event: valueOf("event"), id: valueOf("id") };
  // A comment keeps a connection open, and is no event.
  if (data.length === 0 && named.event === undefined) return undefined;
  return { at, text: data.join("\n"), ...named };
}
