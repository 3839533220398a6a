import type { readAnswer } from "./answer.ts";
import type { pause } from "./duration.ts";
import type { Exchange } from "./exchange.ts";
import type { RequestFailure } from "./failure.ts";
import type { StreamOptions } from "./options.ts";
import type { Input } from "./request.ts";
import { type ClientEvent, events, type EventState, parsed } from "./streams.ts";

/** What this takes from the entry: handed in, because a module that two chunks share makes a third. */
interface Entry {
  readonly exchange: Exchange;
  readonly readAnswer: typeof readAnswer;
  readonly pause: typeof pause;
  readonly RequestFailure: typeof RequestFailure;
}

const EVENTS = "text/event-stream";
const LONGEST = 30_000;

/** Events, over as many connections as it takes. */
export async function* connect(
  { exchange, readAnswer, pause, RequestFailure }: Entry,
  key: string,
  input: Input & StreamOptions,
): AsyncGenerator<ClientEvent, void> {
  const signal = input.signal ?? new AbortController().signal;
  const state: EventState = { id: input.lastEventId ?? "", retry: 1000 };
  for (let fruitless = 0; ; fruitless++) {
    try {
      const resumed = state.id === "" ? {} : { "last-event-id": toHeader(state.id) };
      const items = await exchange(
        key,
        { ...input, headers: { ...input.headers, ...resumed } },
        async (response, reading) => {
          if (response.status === 204) return undefined;
          const type = response.headers.get("content-type") ?? "";
          if (response.ok && response.body !== null && type.startsWith(EVENTS))
            return parsed(response.body, reading, (body) => events(body, state));
          // Throws the problem; a value is not what was asked for.
          await readAnswer(response, reading);
          throw new RequestFailure("response", `${key}: ${type} has no events.`, undefined, response);
        },
        EVENTS,
      );
      if (items === undefined) return;
      for await (const item of items) {
        fruitless = 0;
        yield item;
      }
      if (input.reconnect !== true) return;
    } catch (error) {
      const broken = error instanceof RequestFailure && (error.kind === "network" || error.kind === "timeout");
      if (input.reconnect !== true || !broken) throw error;
    }
    // The time that the server asked for; with jitter, and longer with each attempt that brought nothing.
    await pause(state.retry + Math.random() * Math.min(LONGEST, state.retry * (2 ** fruitless - 1)), signal);
    if (signal.aborted) throw new RequestFailure("aborted", `${key}: aborted`, signal.reason);
  }
}

/** Header values are bytes; an id is text, sent as UTF-8. */
function toHeader(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
