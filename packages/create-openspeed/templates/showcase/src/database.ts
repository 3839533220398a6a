import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type Client, createClient } from "@libsql/client";
import { provide } from "@openspeed/core";
import { config } from "./config.ts";

/** One connection for the app's life: it survives reloads while `openspeed dev` runs, and is closed with the app. */
export const db = provide(
  "db",
  { scope: "app", use: [config], dispose: (client: Client) => client.close() },
  ({ config }) => openDatabase(config.DATABASE_URL),
);

export async function openDatabase(url: string): Promise<Client> {
  if (url.startsWith("file:")) await mkdir(dirname(url.slice("file:".length)), { recursive: true });
  const client = createClient({ url });
  await client.executeMultiple(SCHEMA);
  return client;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS pictures (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
  ) STRICT;
`;
