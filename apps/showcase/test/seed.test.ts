import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../src/database/open.ts";

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
