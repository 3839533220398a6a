import { connect } from "node:net";
import type { App, Incoming } from "@openspeed/core";
import { serve } from "@openspeed/adapter-node";

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Sends a target exactly as it is written: what URLs would make of it is what the attacks are about. */
export type Ask = (target: string, asked?: Asked) => Promise<Answered>;

export interface Way {
  readonly name: string;
  readonly open: (app: App) => Promise<{ readonly ask: Ask; readonly close: () => Promise<void> }>;
}

/** Both ways for a request to reach an app: in process, and over a socket. */
export const ways: readonly Way[] = [
  {
    name: "in process",
    open: async (app) => {
      await app.ready();
      return { ask: (target, asked) => askInProcess(app, target, asked), close: () => app.close() };
    },
  },
  {
    name: "over a socket",
    open: async (app) => {
      const server = await serve(app, { port: 0, hostname: "127.0.0.1", signals: false, quiet: 0 });
      return { ask: (target, asked) => askBySocket(server.port, target, asked), close: () => server.close() };
    },
  },
];

export function incoming(target: string, { method = "GET", headers = {} }: Asked = {}): Incoming {
  return {
    method,
    target,
    signal: new AbortController().signal,
    platform: undefined,
    peer: undefined,
    header: (name) => headers[name] ?? null,
    headers: () => Object.entries(headers),
    text: async () => "",
    bytes: async () => new Uint8Array(),
    stream: () => null,
    request: () => new Request(new URL(target, "http://localhost"), { method, headers }),
  };
}

async function askInProcess(app: App, target: string, asked?: Asked): Promise<Answered> {
  const { status, headers, body } = await app.handle(incoming(target, asked));
  const content =
    body === null ? Buffer.alloc(0) : Buffer.from(await new Response(body as ReadableStream | string).arrayBuffer());
  return {
    status,
    headers: new Map(headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1] ?? ""] as const] : []))),
    body: content,
  };
}

/** A request as text. */
export function requestText(target: string, { method = "GET", headers = {} }: Asked = {}): string {
  const fields = Object.entries({ host: "localhost", connection: "close", ...headers });
  return `${method} ${target} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

export function askBySocket(port: number, target: string, asked?: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(requestText(target, asked), "latin1"));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("end", () => resolve(parse(Buffer.concat(chunks))));
  });
}

function parse(bytes: Buffer): Answered {
  const end = bytes.indexOf("\r\n\r\n");
  const [line = "", ...fields] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = new Map(
    fields.map((field) => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
    }),
  );
  return { status: Number(line.split(" ")[1]), headers, body: bytes.subarray(end + 4) };
}
