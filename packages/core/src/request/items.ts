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

/**
 * Items changed one by one, so that a slow client slows the source. No generator, as that would pass on that nobody wants more
 * only after the next item, which may never come.
 */
function mapped<T>(items: AsyncIterable<unknown>, change: (item: unknown) => Awaitable<T>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const source = items[Symbol.asyncIterator]();
      const stop = async (): Promise<IteratorResult<T, undefined>> => {
        await source.return?.();
        return { done: true, value: undefined };
      };
      return {
        async next() {
          const { done, value } = await source.next();
          if (done === true) return { done, value: undefined };
          try {
            return { done: false, value: await change(value) };
          } catch (error) {
            stop().catch(() => {}); // the first error is the one to tell
            throw error;
          }
        },
        return: stop,
      };
    },
  };
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
  return items as AsyncIterable<Uint8Array<ArrayBuffer> | string>; // who watches the body refuses other chunks
}

function declared(
  items: AsyncIterable<unknown>,
  write: (value: unknown) => Awaitable<string | undefined>,
): AsyncIterable<unknown> {
  return mapped(items, async (item) => {
    const [value, fields] = item instanceof ServerSentEvent ? [item.data, item.fields] : [item, undefined];
    const written: unknown = JSON.parse((await write(value)) ?? "null");
    return fields === undefined ? written : new ServerSentEvent(written, fields);
  });
}
