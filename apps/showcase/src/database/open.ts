import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type Client, createClient } from "@libsql/client";
import { migrations } from "./migrations.ts";
import { seedPeople } from "./seed-colleagues.ts";
import { seed } from "./seed.ts";

export interface OpenOptions {
  /** Fills an empty database with the demonstration's tickets. Default: true. */
  readonly seeded?: boolean;
}

/** Opens the database file, creates it if there is none, and brings its schema up to date. */
export async function openDatabase(file: string, { seeded = true }: OpenOptions = {}): Promise<Client> {
  await mkdir(dirname(file), { recursive: true });
  const db = createClient({ url: `file:${file}` });
  // WAL lets an export read while an import writes.
  await db.executeMultiple(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;",
  );
  const before = await migrate(db);
  if (before === 0 && seeded) await seed(db);
  if (before < PEOPLE_SINCE && seeded) await seedPeople(db);
  return db;
}

/** The version that brought people: a database from before gets the demonstration's. */
const PEOPLE_SINCE = 2;

/** Tells which version the schema had. */
async function migrate(db: Client): Promise<number> {
  const { rows } = await db.execute("PRAGMA user_version");
  const done = Number(rows[0]?.["user_version"] ?? 0);
  for (const [index, sql] of migrations.entries()) {
    if (index >= done) await db.executeMultiple(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
  return done;
}
