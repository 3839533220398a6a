import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Serve } from "../src/index.ts";

/** A small stand-in for an adapter, which this package must not depend on. */
export const serve: Serve = async (app, { port, host }) => {
  await app.ready();
  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { method = "GET", url = "/" } = req;
    const body = method === "GET" || method === "HEAD" ? null : Buffer.concat(chunks);
    const headers = Object.entries(req.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const response = await app.fetch(new Request(`http://${host}${url}`, { method, headers, body }));
    res.writeHead(response.status, [...response.headers].flat());
    res.end(Buffer.from(await response.arrayBuffer()));
  }
  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = server.address();
  return {
    url: `http://${host}:${typeof address === "object" && address !== null ? address.port : 0}`,
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
};
