import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { HeadedResponse } from "./constant-headers.ts";
import { hasBody } from "./body.ts";
import type { Stall } from "./stalls.ts";

/** One client connection, as far as closing it well needs to know. */
export interface Connection {
  readonly socket: Socket;
  /** The latest response begun on it. */
  response: HeadedResponse | undefined;
  /** When the latest response was handed to the socket, or the connection was made (ms). */
  since: number;
  /** Bytes read when last looked at; a difference means that a request is arriving. */
  bytes: number;
  /** No further request is answered on it (RFC 9112 §9.6). */
  ended: boolean;
  /** Responses before the latest that are not written yet. */
  ahead: number;
  /** Requests that wait for those: see `pipeline.ts`. */
  waiting: [IncomingMessage, HeadedResponse][] | undefined;
  /** What it lets us wait for. */
  stalled: Stall | undefined;
}

export function connectionOf(socket: Socket): Connection {
  return {
    socket,
    response: undefined,
    since: performance.now(),
    bytes: 0,
    ended: false,
    ahead: 0,
    waiting: undefined,
    stalled: undefined,
  };
}

export function isAnswering(connection: Connection): boolean {
  const { response } = connection;
  return response !== undefined && !response.writableFinished && !response.destroyed;
}

const LINGER_MS = 2_000;
const LINGER_BYTES = 16 * 1024 * 1024;
const LINGER_STEP_MS = 100;

/** By socket: until when it lingers, and what had been read of it. */
const lingering = new Map<Socket, { readonly until: number; readonly bytesRead: number }>();
/** One for all: thousands may be closed at once that never meant to send a request. */
let sweeping: NodeJS.Timeout | undefined;

/**
 * Closes our half and reads on for a while. Closing a socket that holds unread bytes makes the system send a reset, which
 * can destroy a response that the client has not read yet (RFC 9112 §9.6).
 */
export function lingerClose(socket: Socket, ms: number = LINGER_MS): void {
  if (socket.destroyed) return;
  socket.end();
  lingering.set(socket, { until: performance.now() + ms, bytesRead: socket.bytesRead });
  sweeping ??= setInterval(sweep, LINGER_STEP_MS);
}

function sweep(): void {
  const now = performance.now();
  for (const [socket, { until, bytesRead }] of lingering) {
    if (now >= until || socket.bytesRead - bytesRead > LINGER_BYTES) socket.destroy();
    if (socket.destroyed) lingering.delete(socket);
  }
  if (lingering.size > 0) return;
  clearInterval(sweeping);
  sweeping = undefined;
}

/** After a response with `Connection: close` Node calls `destroySoon`, which does not read what the client still sends. */
export function closeGently(socket: Socket): void {
  socket.destroySoon = lingerLater;
}

function lingerLater(this: Socket): void {
  lingerClose(this);
}

const DRAINED_BYTES = 64 * 1024;

/**
 * What a handler left unread is read and dropped if it is short, else the connection closes after the response.
 * Call it before the head is written, which then says so.
 */
export function settleUnread(req: IncomingMessage, res: HeadedResponse): void {
  if (req.readableEnded || !hasBody(req)) return;
  const length = Number(req.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  if (!req.complete && length > DRAINED_BYTES) {
    res.shouldKeepAlive = false;
    closeGently(req.socket);
  }
  res.once("finish", () => drop(req));
}

/** The same for a response that streamed, perhaps from the request itself: its head is long gone. */
export function settleStreamed(req: IncomingMessage, res: HeadedResponse): void {
  if (req.readableEnded || res.destroyed || !hasBody(req)) return;
  if (!req.complete) {
    if (res.writableFinished) lingerClose(req.socket);
    else res.once("finish", () => lingerClose(req.socket));
  }
  drop(req);
}

/** Without a listener nothing is kept; Node stops reading a connection as long as a request on it is paused. */
function drop(req: IncomingMessage): void {
  req.removeAllListeners("data");
  req.resume();
}
