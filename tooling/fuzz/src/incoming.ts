/** A request as plain data, such as an adapter hands over: nothing normalises it on its way to the app. */
import type { Incoming } from "@openspeed/core";
import { utf8 } from "./target.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface RequestData {
  readonly method: string;
  readonly target: string;
  /** Names in lower case; repeated ones are joined. */
  readonly headers?: ReadonlyMap<string, string>;
  /** The body in the pieces in which it arrives. */
  readonly chunks?: readonly Bytes[];
}

export function incomingOf({ method, target, headers = new Map(), chunks = [] }: RequestData): Incoming {
  const whole = (limit: number): Bytes | undefined => {
    const all = Uint8Array.from(Buffer.concat(chunks));
    return all.length > limit ? undefined : all;
  };
  return {
    method,
    target,
    signal: new AbortController().signal,
    platform: undefined,
    peer: undefined,
    header: (name) => headers.get(name) ?? null,
    headers: () => headers,
    text: async (limit) => {
      const all = whole(limit);
      return all && utf8(all).replace(/^\ufeff/, "");
    },
    bytes: async (limit) => whole(limit),
    stream: () => (chunks.length === 0 ? null : streamOf(chunks)),
    request: () => new Request(new URL(target, "http://localhost"), { method, headers: [...headers] }),
  };
}

function streamOf(chunks: readonly Bytes[]): ReadableStream<Bytes> {
  let next = 0;
  return new ReadableStream<Bytes>(
    {
      pull(controller) {
        const chunk = chunks[next++];
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
}
