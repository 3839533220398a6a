import type { Awaitable, OutcomeBody } from "../boundary.ts";
import { ServerSentEvent } from "./event.ts";
import { mediaType } from "./media-type.ts";

// A line break would start another field, so it ends a name or an id (h3's and Hono's fixes of 2025 were of this class).
const oneLine = (text: string): string => text.replace(/[\r\n\0].*$/s, "");

// JSON has no word for nothing, but an item is one.
const jsonText = (value: unknown): string => JSON.stringify(value) ?? "null";

function eventText(item: unknown): string {
  const { data, fields } = item instanceof ServerSentEvent ? item : new ServerSentEvent(item, {});
  let text = "";
  if (fields.event !== undefined) text += `event: ${oneLine(fields.event)}\n`;
  if (fields.id !== undefined) text += `id: ${oneLine(fields.id)}\n`;
  if (fields.retry !== undefined) text += `retry: ${Math.trunc(fields.retry)}\n`;
  const lines = (typeof data === "string" ? data : jsonText(data)).split(/\r\n|\r|\n/);
  return `${text}${lines.map((line) => `data: ${line}\n`).join("")}\n`;
}

/** Items as text, one by one, so that a slow client slows the source. */
async function* mapped(items: AsyncIterable<unknown>, write: (item: unknown) => string): AsyncGenerator<string, void> {
  for await (const item of items) yield write(item);
}

/**
 * The body of a handler that yields: events or lines, as the media type says. Under another one the items are its chunks.
 *
 * @param write the declared output: each item goes through it as a value would
 */
export function encodeItems(
  items: AsyncIterable<unknown>,
  type: string,
  write: ((value: unknown) => Awaitable<string | undefined>) | undefined,
): OutcomeBody {
  const texts = write === undefined ? items : declared(items, write);
  if (mediaType(type) === "text/event-stream") return mapped(texts, eventText);
  // One JSON text a line.
  if (mediaType(type) === "application/x-ndjson")
    return mapped(texts, (item) => `${jsonText(item instanceof ServerSentEvent ? item.data : item)}\n`);
  return items as AsyncIterable<Uint8Array<ArrayBuffer> | string>; // whoever writes the body refuses other chunks
}

async function* declared(
  items: AsyncIterable<unknown>,
  write: (value: unknown) => Awaitable<string | undefined>,
): AsyncGenerator<unknown, void> {
  for await (const item of items) {
    const [value, fields] = item instanceof ServerSentEvent ? [item.data, item.fields] : [item, undefined];
    const written: unknown = JSON.parse((await write(value)) ?? "null");
    yield fields === undefined ? written : new ServerSentEvent(written, fields);
  }
}
