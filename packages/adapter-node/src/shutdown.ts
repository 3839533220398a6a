import { Server as NetServer, type Socket } from "node:net";
import type { Server as HttpServer } from "node:http";
import { performance } from "node:perf_hooks";
import { type Connection, closeGently, isAnswering, lingerClose } from "./connections.ts";

export interface Shutdown {
  /** Read by the request handler: once closing, responses say `Connection: close`. */
  readonly state: { readonly closing: boolean };
  /** Graceful; calling it again waits for the same. */
  close(): Promise<void>;
  /** Ends every connection now. */
  force(): void;
}

interface ShutdownOptions {
  readonly server: HttpServer;
  readonly connections: ReadonlyMap<Socket, Connection>;
  /** Milliseconds after which connections are cut. */
  readonly grace: number;
  /** Work that follows the last response. */
  after(): Promise<void>;
}

/** A connection that has been silent this long is taken to be idle: see `closeIdle`. */
const QUIET_MS = 1_000;
const SWEEP_MS = 50;

/**
 * Closing fails no request. A server cannot know whether a request is on its way on a connection that looks idle, so it
 * closes only after it has told the client so: the next response says `Connection: close` (RFC 9112 §9.6). Only
 * connections that stay silent are closed without.
 */
export function createShutdown({ server, connections, grace, after }: ShutdownOptions): Shutdown {
  const state = { closing: false };
  let closed: Promise<void> | undefined;

  function force(): void {
    for (const socket of connections.keys()) socket.destroy();
  }

  async function shutDown(): Promise<void> {
    const deadline = performance.now() + grace;
    await stopListening(server);
    state.closing = true;
    await drain(server, connections, deadline);
    force();
    // Only ends Node's own timers: nothing listens and nothing is connected any more.
    server.close();
    await within(after(), deadline);
  }

  return { state, close: () => (closed ??= shutDown()), force };
}

/**
 * Called once the poll for events has accepted every connection that was waiting; those it would leave in the queue are
 * reset by the system. Not `http.Server.close`, which destroys idle connections with what is arriving on them.
 */
function stopListening(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      NetServer.prototype.close.call(server);
      resolve();
    });
  });
}

/** Settles when every connection has closed, or at the deadline. */
function drain(server: HttpServer, connections: ReadonlyMap<Socket, Connection>, deadline: number): Promise<void> {
  for (const connection of connections.values()) {
    closeGently(connection.socket);
    connection.bytes = connection.socket.bytesRead;
  }
  return new Promise((resolve) => {
    const sweep = (): void => {
      const now = performance.now();
      closeIdle(connections, now);
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
 * Ends connections that were silent for a quiet period: the longer the silence, the less likely a request is on its way at
 * this very moment. Runs right after a poll, so whatever has reached this machine has been read. We close our half only;
 * a client that closes in turn leaves no reset behind.
 */
function closeIdle(connections: ReadonlyMap<Socket, Connection>, now: number): void {
  for (const connection of connections.values()) {
    const { socket } = connection;
    if (connection.ended || isAnswering(connection)) continue;
    if (socket.bytesRead !== connection.bytes) {
      connection.bytes = socket.bytesRead;
      connection.since = now;
    } else if (now - connection.since >= QUIET_MS) {
      connection.ended = true;
      lingerClose(socket, QUIET_MS);
    }
  }
}

/** Work that was promised is waited for, but not for ever. */
function within(work: Promise<void>, deadline: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.max(0, deadline - performance.now()));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
