import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { App } from "@openspeed/core";
import type { Handler } from "../src/index.ts";

export interface Place {
  readonly base: string | Handler;
  close(): Promise<void>;
}

/** The two ways to an app: in process, and over a socket. */
export const places: readonly { readonly name: string; readonly open: (app: App) => Promise<Place> }[] = [
  { name: "in process", open: async (app) => ({ base: app, close: () => app.close() }) },
  { name: "over a socket", open: serve },
];

/** A small stand-in for an adapter, which this package must not depend on. */
export async function serve(app: Handler & { close?(): Promise<void> }): Promise<Place & { readonly base: string }> {
  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = req;
    const gone = new AbortController();
    res.on("close", () => gone.abort());
    const headers = Object.entries(req.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const body = method === "GET" || method === "HEAD" ? null : (Readable.toWeb(req) as ReadableStream);
    const init: RequestInit & { duplex: "half" } = { method, headers, signal: gone.signal, body, duplex: "half" };
    const response = await app.fetch(new Request(`http://localhost${url}`, init));
    res.writeHead(response.status, [...response.headers].flat());
    res.flushHeaders();
    if (response.body === null) return void res.end();
    const sent = Readable.fromWeb(response.body).on("error", () => res.destroy());
    sent.pipe(res);
  }
  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    base: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close?.();
    },
  };
}
