import { mkdtemp, rm } from "node:fs/promises";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompileError, createApp } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { routesFrom } from "../src/index.ts";

const Expected = z.object({
  mounts: z.array(z.tuple([z.string(), z.string(), z.array(z.string()), z.string()])).optional(),
  faults: z.array(z.tuple([z.string(), z.string()])).optional(),
  conflicts: z.array(z.tuple([z.string(), z.string()])).optional(),
});

const folder = new URL("./cases/", import.meta.url);
const routesOf = (name: string) => new URL(`${name}/routes/`, folder);
const cases = readdirSync(folder).map((name) => ({
  name,
  ...Expected.parse(JSON.parse(readFileSync(new URL(`${name}/expected.json`, folder), "utf8"))),
}));

describe("a folder is the table beside it", () => {
  test.each(cases.filter((each) => each.mounts !== undefined))("$name", async ({ name, mounts: expected }) => {
    const mounts = await routesFrom(routesOf(name));
    const table = mounts.map(({ method, path, use = [], source }) => [
      method,
      path,
      use.map((item) => ("name" in item ? item.name : item.kind)),
      source,
    ]);
    expect(table).toEqual(expected);
  });
});

describe("a folder is refused with every fault, its file and its mend", () => {
  test.each(cases.filter((each) => each.faults !== undefined))("$name", async ({ name, faults }) => {
    const error = await routesFrom(routesOf(name)).catch((thrown: unknown) => thrown);
    if (!(error instanceof CompileError)) return expect.fail("it should have been refused");
    expect(error.diagnostics.map(({ code, where }) => [code, where])).toEqual(faults);
    for (const { code, where, mend } of error.diagnostics) {
      expect(mend).not.toBe("");
      expect(error.message).toContain(`${code} ${where}\n`);
    }
    return undefined;
  });
});

describe("a conflict is the kernel's to find, and it names both files", () => {
  test.each(cases.filter((each) => each.conflicts !== undefined))("$name", async ({ name, conflicts = [] }) => {
    const app = createApp({ routes: await routesFrom(routesOf(name)) });
    const message = await app.ready().then(() => "it should have been refused", String);
    for (const file of conflicts.flat()) expect(message).toContain(file);
  });
});

test("what two _use files and a route name in common runs once", async () => {
  const app = createApp({ routes: await routesFrom(routesOf("inherited")) });
  const answer = await app.fetch(new Request("http://localhost/tickets/7"));
  expect([answer.status, await answer.text()]).toEqual([200, "ticket"]);
});

test("the most specific file answers", async () => {
  const app = createApp({ routes: await routesFrom(routesOf("basic")) });
  const text = async (path: string) => (await app.fetch(new Request(`http://localhost${path}`))).text();
  expect(
    await Promise.all(["/", "/users", "/users/7", "/users/me", "/files/a/b", "/blog", "/blog/2"].map(text)),
  ).toEqual(["home", "list", "one", "me", "file", "page", "page"]);
});

test("a path is taken as well as a URL", async () => {
  const url = routesOf("basic");
  const [byUrl, byPath] = await Promise.all([routesFrom(url), routesFrom(url.pathname)]);
  expect(byPath).toEqual(byUrl);
});

test("an empty folder has no routes, a missing one is an error that names it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "routes-"));
  expect(await routesFrom(folder)).toEqual([]);
  await rm(folder, { recursive: true });
  await expect(routesFrom(folder)).rejects.toThrow(/OS_ROUTES_UNREADABLE[^]*ENOENT/);
});
