import { unlink } from "node:fs/promises";
import { connect, type Server as NetServer } from "node:net";
import { ListenError, listenError, type Place, shown } from "./listen-error.ts";

export interface ListenOptions {
  /** The TCP port; 0 takes a free one. Default 3000. */
  readonly port?: number;
  /** The address to listen on. Default `"localhost"`, which only this machine reaches; `"0.0.0.0"` is every IPv4 address. */
  readonly hostname?: string;
  /** The path of a Unix socket, instead of port and hostname. */
  readonly socket?: string;
}

export interface Address {
  readonly url: string;
  readonly port: number;
}

/** Starts listening; a socket file that a crashed server left behind is replaced. */
export async function listen(server: NetServer, options: ListenOptions): Promise<Address> {
  const place = placeOf(options);
  try {
    await bind(server, place);
  } catch (error) {
    const failure = error as NodeJS.ErrnoException; // what Node's `error` event carries
    if (place.socket === undefined || failure.code !== "EADDRINUSE" || (await answers(place.socket)))
      throw listenError(failure, place);
    await unlink(place.socket);
    await bind(server, place).catch((again: NodeJS.ErrnoException) => {
      throw listenError(again, place);
    });
  }
  return addressOf(server, place);
}

function placeOf({ port = 3000, hostname = "localhost", socket }: ListenOptions): Place {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ListenError(
      "OS_PORT_INVALID",
      `port ${shown(port)} is no TCP port; give a whole number from 0 to 65535.`,
    );
  }
  if (socket === "")
    throw new ListenError("OS_SOCKET_INVALID", "the socket's path is empty; give a path such as /run/app.sock.");
  return { port, hostname: hostname === "" ? "localhost" : hostname, socket };
}

function bind(server: NetServer, { port, hostname, socket }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      server.off("listening", listening);
      reject(error);
    };
    // Bun hands null to listeners of this event.
    const listening = (): void => {
      server.off("error", failed);
      resolve();
    };
    server.once("error", failed);
    server.once("listening", listening);
    // Which of the two loopbacks "localhost" means differs from machine to machine; clients that ask for it try both.
    if (socket === undefined)
      server.listen({ port, host: hostname === "localhost" ? "127.0.0.1" : hostname, backlog: 4096 });
    else server.listen({ path: socket });
  });
}

/** Whether a living server is behind a socket file. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.on("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.on("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "ECONNREFUSED"));
  });
}

function addressOf(server: NetServer, { hostname, socket }: Place): Address {
  const address = server.address();
  if (address === null || typeof address === "string") return { url: `unix:${socket ?? address ?? ""}`, port: 0 };
  const everywhere = hostname === "0.0.0.0" || hostname === "::";
  const host = everywhere ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return { url: `http://${host}:${address.port}`, port: address.port };
}
