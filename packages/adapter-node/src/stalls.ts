import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { Connection } from "./connections.ts";
import { answerLate } from "./refuse.ts";

/** What a connection waits for its client to do: to send a body, or to read an answer. */
export interface Stall {
  readonly for: "body" | "reader";
  /** The bytes received, or not yet taken over by the system, when it was last looked at. */
  bytes: number;
  since: number;
}

/** A body slower than this stalls; Kestrel and IIS have asked for as much for years. */
const BYTES_PER_SECOND = 240;
const SWEEP_MS = 1000;

/**
 * Cuts clients that let us wait: a body that is read and does not come, an answer that is not read. Who waits for
 * something of ours, such as the next event of a stream, is left alone. One timer looks at all, so requests pay nothing.
 */
export function watchStalls(connections: ReadonlyMap<Socket, Connection>, stall: number): { close(): void } {
  const least = (stall / 1000) * BYTES_PER_SECOND;
  const every = Math.min(SWEEP_MS, stall / 4);
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    // While this process stood still it did not read either.
    const missed = Math.max(0, now - last - 2 * every);
    last = now;
    for (const connection of connections.values()) {
      look(connection, now);
      const { stalled } = connection;
      if (stalled === undefined) continue;
      stalled.since = Math.min(now, stalled.since + missed);
      if (now - stalled.since < stall) continue;
      if (stalled.for === "reader") connection.socket.destroy();
      else if (connection.socket.bytesRead - stalled.bytes < least) answerLate(connection);
      else connection.stalled = undefined;
    }
  }, every).unref();
  return { close: () => clearInterval(timer) };
}

function look(connection: Connection, now: number): void {
  const { socket, response, stalled } = connection;
  const unread = response === undefined ? 0 : unsent(socket);
  if (unread > 0) {
    if (stalled?.for !== "reader" || stalled.bytes !== unread)
      connection.stalled = { for: "reader", bytes: unread, since: now };
  } else if (response !== undefined && isReading(response.req)) {
    if (stalled?.for !== "body") connection.stalled = { for: "body", bytes: socket.bytesRead, since: now };
  } else connection.stalled = undefined;
}

/** Somebody wants more of it now: a reader that takes its time stalls nobody but itself. */
function isReading({ complete, readableFlowing }: { complete: boolean; readableFlowing: boolean | null }): boolean {
  return !complete && readableFlowing === true;
}

/** Bytes that the system has not taken: the client has not read those before. */
function unsent(socket: Socket & { readonly _handle?: { readonly writeQueueSize?: number } | null }): number {
  // A large write is one to `writableLength` until all of it is gone; its progress is told by the handle alone, which
  // Node's own socket timeout asks too.
  return socket.writableLength + (socket._handle?.writeQueueSize ?? 0);
}
