/** Without a socket and without Node: what a platform with `fetch` handlers runs. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { expect, test } from "vitest";
import { mcp } from "../src/index.ts";
import { fixture } from "./app.ts";

test("tools are called through fetch", async () => {
  const app = fixture(mcp({ name: "desk", version: "1.0.0" }));
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(
    new StreamableHTTPClientTransport(new URL("http://desk.example/mcp"), {
      fetch: async (url, init) => app.fetch(new Request(url, init)),
    }),
  );
  const { structuredContent } = await client.callTool({ name: "get_tickets_by_id", arguments: { params: { id: 1 } } });
  expect(structuredContent).toEqual({ id: 1, title: "It does not ring" });
  await client.close();
  await app.close();
});
