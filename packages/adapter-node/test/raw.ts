import { connect, type Socket } from "node:net";

/** A client that sends exactly the given bytes, for what no HTTP library lets one send. */
export interface RawClient {
  readonly socket: Socket;
  send(bytes: string | Uint8Array): void;
  /** Everything received, as soon as it matches. Rejects if the connection closes before. */
  until(pattern: RegExp): Promise<string>;
  /** Everything received until the server closed its half. Rejects at a reset. */
  end(): Promise<string>;
}

export function rawClient(where: number | string): RawClient {
  const socket = typeof where === "number" ? connect(where, "127.0.0.1") : connect(where);
  let received = "";
  let over = false;
  let failure: Error | undefined;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of waiting) look();
  };
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    received += chunk;
    wake();
  });
  socket.on("error", (error) => {
    failure = error;
    wake();
  });
  socket.on("end", () => {
    over = true;
    wake();
  });
  function when(test: () => boolean, what: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (test()) resolve(received);
        else if (failure !== undefined) reject(failure);
        else if (over) reject(new Error(`The connection closed before ${what}; received ${JSON.stringify(received)}`));
        else return;
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  }
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    until: (pattern) => when(() => pattern.test(received), String(pattern)),
    end: () => when(() => over && failure === undefined, "its end"),
  };
}

/** A request in bytes. */
export function request(line: string, headers: readonly string[] = [], body = ""): string {
  return [`${line} HTTP/1.1`, "host: localhost", ...headers, "", body].join("\r\n");
}

/** The number of responses in a text of them. */
export function statuses(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
