import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient } from "@libsql/client";
import { migrations } from "../src/database/migrations.ts";
import { openDatabase } from "../src/database/open.ts";
import { listPeople } from "../src/people.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "desk-"));
});
afterEach(() => rm(folder, { recursive: true }));

const everything = async (file: string) => {
  const db = await openDatabase(join(folder, file));
  const tables = [
    "SELECT * FROM organisations ORDER BY slug",
    "SELECT * FROM tickets ORDER BY row",
    "SELECT * FROM ticket_tags ORDER BY ticket, tag",
    "SELECT * FROM comments ORDER BY id",
  ];
  const rows = await Promise.all(tables.map(async (sql) => (await db.execute(sql)).rows));
  db.close();
  return rows;
};

test("the seed makes the same 4 organisations, 300 tickets and their comments every time", async () => {
  const [first, second] = [await everything("one.db"), await everything("two.db")];
  expect(second).toEqual(first);
  expect(first.slice(0, 2).map((rows) => rows.length)).toEqual([4, 300]);
  expect(first[3]?.length).toBeGreaterThan(300);
});

test("it is sown once: what was there at the last start is there at the next", async () => {
  const before = await everything("desk.db");
  const db = await openDatabase(join(folder, "desk.db"));
  await db.execute("DELETE FROM comments");
  db.close();
  expect((await everything("desk.db"))[3]).toEqual([]);
  expect(before[3]).not.toEqual([]);
});

test("a database from before there were people gets those of its organisations, once", async () => {
  const file = join(folder, "old.db");
  const old = createClient({ url: `file:${file}` });
  await old.executeMultiple(`${migrations[0]} PRAGMA user_version = 1;
    INSERT INTO organisations (slug, name, created_at) VALUES ('siam-cycles', 'Siam', '2025-01-01T00:00:00.000Z');`);
  old.close();
  const db = await openDatabase(file);
  const people = await listPeople(db);
  expect(people.map(({ name, role, house }) => [name, role, house])).toEqual([
    ["Arthit Kaewkla", "staff", "Desk"],
    ["Maya Lindgren", "staff", "Desk"],
    ["Emma Clarke", "agent", "Siam"],
    ["Niran Chaiyasit", "agent", "Siam"],
    ["Somchai Wattana", "agent", "Siam"],
  ]);
  await db.execute("DELETE FROM people");
  db.close();
  const again = await openDatabase(file);
  expect(await listPeople(again)).toEqual([]);
  again.close();
});
