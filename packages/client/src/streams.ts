import type { Reading } from "./exchange.ts";
import { lines } from "./lines.ts";

/** A server-sent event (WHATWG HTML §9.2). */
export interface ClientEvent<Data = unknown> {
  /** Parsed, if it is JSON; else the text. */
  readonly data: Data;
  readonly text: string;
  readonly event: string;
  /** The last id that was sent, by this event or one before. */
  readonly id: string;
}

/** What outlives a connection. */
export interface EventState {
  id: string;
  /** Milliseconds until the next connection. */
  retry: number;
}

async function* jsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void> {
  for await (const line of lines(body)) if (line.trim() !== "") yield JSON.parse(line);
}

/** Events as they are complete; one that breaks off is dropped. */
export async function* events(body: ReadableStream<Uint8Array>, state: EventState): AsyncGenerator<ClientEvent, void> {
  let data: string[] = [];
  let event = "";
  let { id } = state;
  for await (const line of lines(body)) {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (line === "") {
      state.id = id;
      if (data.length > 0) yield toEvent(data.join("\n"), event, id);
      data = [];
      event = "";
    } else if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "retry" && /^\d+$/.test(value)) state.retry = Number(value);
  }
}

function toEvent(text: string, event: string, id: string): ClientEvent {
  let data: unknown = text;
  try {
    data = JSON.parse(text);
  } catch {} // a text
  return { data, text, event: event || "message", id };
}

/** The items of a stream, without what its format says beside them. */
export function itemsOf(body: ReadableStream<Uint8Array>, type: string, reading: Reading): AsyncIterable<unknown> {
  return parsed(body, reading, type.endsWith("event-stream") ? dataOf : jsonLines);
}

async function* dataOf(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void> {
  for await (const { data } of events(body, { id: "", retry: 0 })) yield data;
}

/**
 * What is parsed from a body, while the caller wants it. What breaks it is told as a failure, like everything else that
 * breaks; in process nobody else looks at the signal.
 */
export async function* parsed<Item>(
  body: ReadableStream<Uint8Array>,
  { signal, explain }: Reading,
  parse: (body: ReadableStream<Uint8Array>) => AsyncIterable<Item>,
): AsyncGenerator<Item, void> {
  try {
    yield* parse(body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal }));
  } catch (error) {
    throw explain(error);
  }
}
