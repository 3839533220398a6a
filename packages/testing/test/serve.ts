import { createServer } from "node:http";
import type { Serve } from "../src/index.ts";

/** A small stand-in for an adapter, which this package must not depend on. */
export const serve: Serve = async (app, { port, host }) => {
  await app.ready();
  const server = createServer(async (req, res) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { method = "GET", url = "/" } = req;
    const body = method === "GET" || method === "HEAD" ? null : Buffer.concat(chunks);
    const response = await app.fetch(new Request(`http://${host}${url}`, { method, headers: Object.entries(req.headers).map(([name, value]) => [name, String(value)] as [string, string]), body }));
    res.writeHead(response.status, [...response.headers].flat());
    res.end(Buffer.from(await response.arrayBuffer()));
  });
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
