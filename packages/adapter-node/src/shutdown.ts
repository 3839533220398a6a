import { Server as NetServer, type Socket } from "node:net";
import type { Server as HttpServer } from "node:http";
import { performance } from "node:perf_hooks";
import { type Connection, closeGently, isAnswering, lingerClose } from "./connections.ts";

export interface Shutdown {
  /** Read by the request handler. */
  readonly state: ShutdownState;
  /** Graceful; calling it again waits for the same. `quiet` overrides the option of that name. */
  close(quiet?: number): Promise<void>;
  /** Ends every connection now. */
  force(): void;
}

export interface ShutdownState {
  /** Responses say `Connection: close`. */
  closing: boolean;
  /** While set, work is put off into this list: see `stopListening`. */
  held: (() => void)[] | undefined;
}

interface ShutdownOptions {
  readonly server: HttpServer;
  readonly connections: ReadonlyMap<Socket, Connection>;
  /** Milliseconds after which connections are cut. */
  readonly grace: number;
  /** Milliseconds of silence after which a connection is taken to be idle: see `closeIdle`. */
  readonly quiet: number;
  /** Told that this process no longer listens; nothing is answered until it settles. */
  deaf?: (() => Promise<void>) | undefined;
  /** Work that follows the last response, and has what is left of the grace (ms). */
  after(left: number): Promise<void>;
}

/** Without a new connection for this long, the listener closes; after `HOLD_MS` it does in any case. */
const CALM_MS = 25;
const HOLD_MS = 250;
/** The part of the grace that is left to the app when requests use up the rest. */
const APP_SHARE = 0.1;
const SWEEP_MS = 50;
/** How long before the deadline idle connections are closed at the latest, so that their clients may close in turn. */
const PARTING_MS = 250;

/**
 * Closing fails no request. A server cannot know whether a request is on its way on a connection that looks idle, so it
 * closes only after it has told the client so: the next response says `Connection: close` (RFC 9112 §9.6). Only
 * connections that stay silent are closed without.
 */
export function createShutdown({ server, connections, grace, quiet, deaf, after }: ShutdownOptions): Shutdown {
  const state: ShutdownState = { closing: false, held: undefined };
  let closed: Promise<void> | undefined;

  function force(): void {
    for (const socket of connections.keys()) socket.destroy();
  }

  async function shutDown(silence: number): Promise<void> {
    const deadline = performance.now() + grace;
    const held = await stopListening(server, state, silence > 0 ? CALM_MS : 0);
    await deaf?.();
    state.closing = true;
    state.held = undefined;
    for (const go of held) go();
    await drain(server, connections, deadline - grace * APP_SHARE, silence);
    force();
    // Only ends Node's own timers: nothing listens and nothing is connected any more.
    server.close();
    const left = Math.max(0, deadline - performance.now());
    await within(after(left), left);
  }

  return { state, close: (silence = quiet) => (closed ??= shutDown(silence)), force };
}

/**
 * The system resets connections that wait to be accepted when their listener closes, and clients that were just answered
 * make new ones at once. So for a moment nothing is answered, until all that was on its way has been accepted. The listener
 * closes right after a poll for events; not by `http.Server.close`, which destroys idle connections with what arrives on them.
 */
function stopListening(server: HttpServer, state: ShutdownState, calm: number): Promise<readonly (() => void)[]> {
  const held: (() => void)[] = [];
  state.held = held;
  const start = performance.now();
  let latest = start;
  const onConnection = (): void => {
    latest = performance.now();
  };
  server.on("connection", onConnection);
  return new Promise((resolve) => {
    const look = (): void => {
      const now = performance.now();
      if (now - latest < calm && now - start < HOLD_MS) {
        setImmediate(look);
        return;
      }
      stopAccepting(server);
      server.off("connection", onConnection);
      resolve(held);
    };
    setImmediate(() => setImmediate(look));
  });
}

/** Bun's HTTP server is none of Node's `net.Server`, and its own `close` leaves open connections alone. */
function stopAccepting(server: { close(): unknown }): void {
  if (server instanceof NetServer) NetServer.prototype.close.call(server);
  else server.close();
}

/** Settles when every connection has closed, or at the deadline. */
function drain(
  server: HttpServer,
  connections: ReadonlyMap<Socket, Connection>,
  deadline: number,
  quiet: number,
): Promise<void> {
  for (const connection of connections.values()) {
    closeGently(connection.socket);
    connection.bytes = connection.socket.bytesRead;
  }
  return new Promise((resolve) => {
    const sweep = (): void => {
      const now = performance.now();
      closeIdle(connections, now, now > deadline - PARTING_MS ? 0 : quiet);
      if (connections.size > 0 && now < deadline) return;
      clearInterval(timer);
      clearTimeout(last);
      server.off("connection", closeNew);
      resolve();
    };
    // Accepted by the last poll, or handed over by a cluster's primary.
    const closeNew = (socket: Socket): void => closeGently(socket);
    server.on("connection", closeNew);
    const timer = setInterval(() => setImmediate(sweep), SWEEP_MS);
    const last = setTimeout(sweep, Math.max(0, deadline - performance.now()));
    sweep();
  });
}

/**
 * Ends connections that were silent for the quiet period; by default it is what `Keep-Alive: timeout` promised the client, so
 * that none that keeps to it has a request on its way. Runs right after a poll, so whatever has reached this machine has
 * been read. We close our half only; a client that closes in turn leaves no reset behind.
 */
function closeIdle(connections: ReadonlyMap<Socket, Connection>, now: number, quiet: number): void {
  for (const connection of connections.values()) {
    const { socket } = connection;
    if (connection.ended || isAnswering(connection)) continue;
    if (socket.bytesRead !== connection.bytes) {
      connection.bytes = socket.bytesRead;
      connection.since = now;
    } else if (now - connection.since >= quiet) {
      connection.ended = true;
      lingerClose(socket, PARTING_MS);
    }
  }
}

/** Work that was promised is waited for, but not for ever. */
function within(work: Promise<void>, left: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, left);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
