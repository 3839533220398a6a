// For a server that neither says which port it was given nor when it listens.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { portOf } from "./subject.ts";

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** Resolves as soon as the port takes a connection. */
export async function reachable(port: number): Promise<void> {
  while (!(await connects(port)));
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true));
    socket.once("error", () => setTimeout(resolve, 1, false));
    socket.once("connect", () => socket.destroy());
  });
}
