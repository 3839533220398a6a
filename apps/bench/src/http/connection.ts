import { connect } from "node:net";
import type { Case, Exchange } from "./cases.ts";
import { createResponseReader, type Head } from "./response.ts";

/** A keep-alive connection that sends a case's requests one after the other and checks every answer. */
export interface Connection {
  /** Sends the case's next request and calls back with the complete, checked answer's head. */
  send(done: () => void): void;
  /** The head of the last answer. */
  head(): Head;
  close(): void;
}

/** @param failed called once the connection stands, with the first thing that was not as the case says */
export async function openConnection(
  port: number,
  work: Case,
  first: number,
  failed: (error: Error) => void,
): Promise<Connection> {
  const reader = createResponseReader();
  const opened = Promise.withResolvers<void>();
  let done: (() => void) | undefined;
  let turn = first;
  let connected = false;
  let closing = false;

  const socket = connect({
    host: "127.0.0.1",
    port,
    noDelay: true,
    onread: {
      // One buffer for the connection's life: the reader keeps nothing of it.
      buffer: Buffer.allocUnsafe(64 * 1024),
      callback(length, buffer) {
        received(Buffer.from(buffer.buffer, buffer.byteOffset, length));
        return true;
      },
    },
  });
  socket.once("connect", () => {
    connected = true;
    opened.resolve();
  });
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the server closed a connection")));

  function received(bytes: Buffer): void {
    try {
      if (reader.read(bytes)) done?.();
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function fail(error: Error): void {
    if (closing) return;
    closing = true;
    socket.destroy();
    if (connected) failed(error);
    else opened.reject(error);
  }

  await opened.promise;
  return {
    send(callback) {
      const exchange: Exchange | undefined = work.exchanges[turn++ % work.exchanges.length];
      if (exchange === undefined) throw new Error(`case "${work.name}" has no exchanges`);
      done = callback;
      reader.expect(work.status, exchange.body);
      socket.write(exchange.request);
    },
    head: () => reader.head(),
    close() {
      closing = true;
      socket.destroy();
    },
  };
}
