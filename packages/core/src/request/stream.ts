import type { Outcome, OutcomeBody } from "../boundary.ts";

type Chunks = AsyncIterable<Uint8Array<ArrayBuffer> | string>;

export function isStreamed(body: OutcomeBody): body is ReadableStream<Uint8Array<ArrayBuffer>> | Chunks {
  return typeof body === "object" && body !== null && !(body instanceof Uint8Array);
}

export function isAsyncIterable(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}

/** Releases what a body that nobody will read holds. */
export function discard({ body }: Outcome): void {
  if (!isStreamed(body)) return;
  const done = "cancel" in body ? body.cancel() : body[Symbol.asyncIterator]().return?.();
  done?.then(undefined, () => {}); // whoever made the body has been told; there is nobody left to tell
}

/** The same chunks; `ended` is called once, after the last one was taken, or with the reason why it never was. */
export function whenEnded(body: ReadableStream<Uint8Array<ArrayBuffer>> | Chunks, ended: (error: unknown) => Promise<void>): Chunks {
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
        await source.return?.();
        await end(new Error("The client went away before the end of the body."));
        return { done: true, value: undefined };
      },
    }),
  };
}

/** An item of an event stream with fields of its own (WHATWG HTML §9.2). */
export class ServerSentEvent {
  readonly kind = "event";
  readonly data: unknown;
  readonly fields: EventFields;

  constructor(data: unknown, fields: EventFields) {
    this.data = data;
    this.fields = fields;
  }
}

export interface EventFields {
  readonly event?: string;
  readonly id?: string;
  /** Milliseconds until the client connects again. */
  readonly retry?: number;
}

/**
 * @example
 * async function* ticks() { yield event({ at: 1 }, { event: "tick", id: "1" }); }
 */
export function event(data: unknown, fields: EventFields = {}): ServerSentEvent {
  return new ServerSentEvent(data, fields);
}

// A line break would start another field, so it ends a name or an id (h3's and Hono's fixes of 2025 were of this class).
const oneLine = (text: string): string => text.replace(/[\r\n\0].*$/s, "");

function eventText(item: unknown): string {
  const { data, fields } = item instanceof ServerSentEvent ? item : new ServerSentEvent(item, {});
  let text = "";
  if (fields.event !== undefined) text += `event: ${oneLine(fields.event)}\n`;
  if (fields.id !== undefined) text += `id: ${oneLine(fields.id)}\n`;
  if (fields.retry !== undefined) text += `retry: ${Math.trunc(fields.retry)}\n`;
  const lines = (typeof data === "string" ? data : JSON.stringify(data)).split(/\r\n|\r|\n/);
  return `${text}${lines.map((line) => `data: ${line}\n`).join("")}\n`;
}

/** Items as text, one by one, so that a slow client slows the source. */
async function* mapped(items: AsyncIterable<unknown>, write: (item: unknown) => string): AsyncGenerator<string, void> {
  for await (const item of items) yield write(item);
}

export function asEvents(items: AsyncIterable<unknown>): Chunks {
  return mapped(items, eventText);
}

/** One JSON text a line (`application/x-ndjson`). */
export function asLines(items: AsyncIterable<unknown>): Chunks {
  return mapped(items, (item) => `${JSON.stringify(item instanceof ServerSentEvent ? item.data : item)}\n`);
}
