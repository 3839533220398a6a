import { connect, type Socket } from "node:net";

export interface Exchange {
  readonly status: number;
  readonly retryAfter: boolean;
}

/** A keep-alive connection with one request under way at most; it is not checked what comes back, only that it is whole. */
export interface Client {
  send(path: string, done: (answer: Exchange | undefined) => void): void;
  /** Whether it can take another request. */
  readonly usable: boolean;
  close(): void;
}

/** @param from the address to come from, as one address has only so many ports */
export function createClient(port: number, from?: string): Client {
  const socket: Socket = connect({ host: "127.0.0.1", port, noDelay: true, ...(from && { localAddress: from }) });
  let done: ((answer: Exchange | undefined) => void) | undefined;
  let received = "";
  let usable = true;
  const settle = (answer: Exchange | undefined): void => {
    const call = done;
    done = undefined;
    call?.(answer);
  };
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    received += chunk;
    const end = received.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = received.slice(0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    if (received.length < end + 4 + length) return;
    received = "";
    if (/\r\nconnection: *close/i.test(head)) usable = false;
    settle({ status: Number(head.slice(9, 12)), retryAfter: /\r\nretry-after: *\d/i.test(head) });
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    usable = false;
    settle(undefined);
  });
  return {
    send(path, whenDone) {
      done = whenDone;
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    },
    get usable() {
      return usable;
    },
    close() {
      done = undefined;
      socket.destroy();
    },
  };
}
