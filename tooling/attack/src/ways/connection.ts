import { connect, type Socket } from "node:net";
import { type Answers, readAnswers } from "../answers.ts";

/** A TCP connection on which one says exactly what one wants to. */
export interface Connection {
  readonly socket: Socket;
  readonly write: (bytes: string) => void;
  /**
   * Settles when there are so many answers, the other end has closed, or nothing has come for `quiet` milliseconds; never rejects.
   */
  readonly answers: (count: number, methods: readonly string[], quiet: number) => Promise<Answers>;
  readonly isClosed: () => boolean;
}

export function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(connectionOf(socket));
    });
  });
}

function connectionOf(socket: Socket): Connection {
  let received = "";
  let closed = false;
  let wake = (): void => undefined;
  const end = (): void => {
    closed = true;
    wake();
  };
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    received += chunk;
    wake();
  });
  socket.on("end", end).on("close", end).on("error", end);
  return {
    socket,
    isClosed: () => closed,
    write: (bytes) => void (closed ? undefined : socket.write(bytes, "latin1")),
    answers: (count, methods, quiet) =>
      new Promise((resolve) => {
        const look = (late: boolean): void => {
          clearTimeout(timer);
          const read = readAnswers(received, methods, closed);
          if (read.answers.length < count && !closed && !late) {
            timer = setTimeout(look, quiet, true);
            return;
          }
          wake = () => undefined;
          received = read.rest;
          resolve(read);
        };
        let timer = setTimeout(look, quiet, true);
        wake = () => look(false);
        look(false);
      }),
  };
}
