import { connect } from "node:net";

export interface Load {
  /** Requests answered in full. */
  answered: number;
  /** Requests whose bytes were written and that got no whole response. */
  readonly failed: string[];
  /** Settles when every connection has closed. */
  readonly done: Promise<void>;
  /** Settles when this many have been answered. */
  reached(count: number): Promise<void>;
}

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  /** Milliseconds between a response and the next request; by default none. */
  readonly pause?: (() => number) | undefined;
  /** Request bytes; a POST with a body in every other request by default. */
  readonly requests?: readonly string[];
}

const REQUESTS = [
  "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n",
  "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nhello",
];

/**
 * Keep-alive clients that send the next request as soon as a response has arrived, until the server says it closes. A
 * connection that closes while nothing was written on it has failed nothing; one that closes after has.
 */
export function load({ port, connections, pause, requests = REQUESTS }: LoadOptions): Load {
  const state = { answered: 0, failed: [] as string[] };
  const waiting = new Map<() => void, number>();

  function client(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let open = false;
      let sent = 0;
      let buffer = "";
      function send(): void {
        if (socket.readyState !== "open") return;
        open = true;
        socket.write(requests[sent++ % requests.length] ?? "");
      }
      socket.setEncoding("latin1");
      socket.setNoDelay(true);
      socket.on("connect", send);
      socket.on("data", (chunk: string) => {
        buffer += chunk;
        const end = buffer.indexOf("\r\n\r\n");
        if (end === -1) return;
        const length = Number(/content-length: (\d+)/i.exec(buffer)?.[1]);
        if (buffer.length < end + 4 + length) return;
        open = false;
        state.answered++;
        for (const [wake, count] of waiting) if (state.answered >= count) wake();
        const last = /connection: close/i.test(buffer);
        buffer = "";
        if (last) socket.end();
        else if (pause === undefined) send();
        else setTimeout(send, pause());
      });
      let failure = "closed";
      socket.on("error", (error) => {
        failure = error.message;
      });
      socket.on("close", () => {
        if (open) state.failed.push(failure);
        resolve();
      });
    });
  }

  const done = Promise.all(Array.from({ length: connections }, client)).then(() => undefined);
  return Object.assign(state, {
    done,
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        waiting.set(resolve, count);
      }),
  });
}

/**
 * Clients that make a new connection for each request, until the server refuses one. A refused connection has failed
 * nothing: no request was written on it.
 */
export function churn({ port, connections }: { port: number; connections: number }): Load {
  const state = { answered: 0, failed: [] as string[] };
  const waiting = new Map<() => void, number>();
  let refused = false;

  function once(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let connected = false;
      let received = "";
      let failure = "closed";
      socket.setEncoding("latin1");
      socket.on("connect", () => {
        connected = true;
        socket.write("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
      });
      socket.on("data", (chunk: string) => {
        received += chunk;
      });
      socket.on("error", (error) => {
        failure = error.message;
      });
      socket.on("close", () => {
        if (received.endsWith("hello")) state.answered++;
        else if (connected) state.failed.push(failure);
        else refused = true;
        for (const [wake, count] of waiting) if (state.answered >= count) wake();
        resolve();
      });
    });
  }

  async function client(): Promise<void> {
    while (!refused) await once();
  }

  const done = Promise.all(Array.from({ length: connections }, client)).then(() => undefined);
  return Object.assign(state, {
    done,
    reached: (count: number) => new Promise<void>((resolve) => void waiting.set(resolve, count)),
  });
}
