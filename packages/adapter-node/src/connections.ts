import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { hasBody } from "./body.ts";

/** One client connection, as far as closing it well needs to know. */
export interface Connection {
  readonly socket: Socket;
  /** The latest response begun on it. */
  response: ServerResponse | undefined;
  /** When the latest response was handed to the socket, or the connection was made (ms). */
  since: number;
  /** Bytes read when last looked at; a difference means that a request is arriving. */
  bytes: number;
  /** No further request is answered on it (RFC 9112 §9.6). */
  ended: boolean;
}

export function connectionOf(socket: Socket): Connection {
  return { socket, response: undefined, since: performance.now(), bytes: 0, ended: false };
}

export function isAnswering(connection: Connection): boolean {
  const { response } = connection;
  return response !== undefined && !response.writableFinished && !response.destroyed;
}

const LINGER_MS = 2_000;
const LINGER_BYTES = 16 * 1024 * 1024;
const LINGER_STEP_MS = 100;

/**
 * Closes our half and reads on for a while. Closing a socket that holds unread bytes makes the system send a reset, which
 * can destroy a response that the client has not read yet (RFC 9112 §9.6).
 */
export function lingerClose(socket: Socket, ms: number = LINGER_MS): void {
  if (socket.destroyed) return;
  socket.end();
  const { bytesRead } = socket;
  const until = performance.now() + ms;
  const timer = setInterval(() => {
    if (performance.now() >= until || socket.bytesRead - bytesRead > LINGER_BYTES) socket.destroy();
  }, LINGER_STEP_MS);
  socket.once("close", () => clearInterval(timer));
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
export function settleUnread(req: IncomingMessage, res: ServerResponse): void {
  if (req.readableEnded || !hasBody(req)) return;
  const length = Number(req.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  if (!req.complete && length > DRAINED_BYTES) {
    res.shouldKeepAlive = false;
    closeGently(req.socket);
  }
  res.once("finish", () => drop(req));
}

/** The same for a response that streamed, perhaps from the request itself: its head is long gone. */
export function settleStreamed(req: IncomingMessage, res: ServerResponse): void {
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
