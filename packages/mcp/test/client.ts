import { Client, type ClientOptions, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { serve } from "@openspeed/adapter-node";
import type { App } from "@openspeed/core";
import { onTestFinished } from "vitest";

/** The app on a port of its own, until the test ends. */
export async function started(app: App): Promise<string> {
  const server = await serve(app, { port: 0, hostname: "127.0.0.1", signals: false, quiet: 0 });
  onTestFinished(() => server.close());
  return `${server.url}/mcp`;
}

/** The official client, connected. */
export async function connected(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  options: ClientOptions = {},
): Promise<Client> {
  const client = new Client({ name: "test", version: "1.0.0" }, options);
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  onTestFinished(() => client.close());
  return client;
}

/** The text of a result's first part. */
export function textOf({ content }: { readonly content: readonly { readonly type: string }[] }): string {
  const [first] = content;
  return first !== undefined && "text" in first ? String(first.text) : "";
}
