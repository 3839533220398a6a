import type { Outcome } from "@openspeed/core";
import type { TroubleItem } from "./trouble.ts";

interface Trouble {
  readonly trouble: readonly TroubleItem[];
  /** Whether a version before goes on serving. */
  readonly serves: boolean;
}

/** What open pages are told. */
export type News =
  /** How things are when a page connects; a page that was made before this number was begun is out of date. */
  | ({ readonly kind: "hello"; readonly version: number } & Trouble)
  | { readonly kind: "reload"; readonly version: number }
  | { readonly kind: "styles" }
  | ({ readonly kind: "trouble" } & Trouble);

/** Server-sent events to every open page. */
export interface Channel {
  tell(news: News): void;
  /** One page's stream; it begins with what `hello` gives. */
  connect(hello: News): Outcome;
  close(): void;
}

/** Proxies and phones drop connections that say nothing. */
const BEAT_MS = 20_000;

export function createChannel(): Channel {
  const pages = new Set<(text: string | undefined) => void>();
  const send = (text: string | undefined): void => {
    for (const page of pages) page(text);
  };
  const beat = setInterval(send, BEAT_MS, ":\n\n");
  beat.unref();

  function connect(hello: News): Outcome {
    const waiting: (string | undefined)[] = [written(hello)];
    let wake: (() => void) | undefined;
    const page = (text: string | undefined): void => {
      waiting.push(text);
      wake?.();
    };
    pages.add(page);
    const iterator: AsyncIterator<string> = {
      async next() {
        while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        const text = waiting.shift();
        return text === undefined ? { done: true, value: undefined } : { done: false, value: text };
      },
      async return() {
        pages.delete(page);
        page(undefined);
        return { done: true, value: undefined };
      },
    };
    return {
      status: 200,
      headers: ["content-type", "text/event-stream", "cache-control", "no-store"],
      body: { [Symbol.asyncIterator]: () => iterator },
    };
  }

  return {
    tell: (news) => send(written(news)),
    connect,
    close() {
      clearInterval(beat);
      send(undefined);
      pages.clear();
    },
  };
}

function written(news: News): string {
  return `data: ${JSON.stringify(news)}\n\n`;
}
