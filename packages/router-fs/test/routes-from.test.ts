import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompileError, createApp } from "@openspeed/core";
import { expect, test } from "vitest";
import { routesFrom } from "../src/index.ts";

const folder = new URL("./loading/", import.meta.url);
const routesOf = (name: string) => new URL(`${name}/routes/`, folder);

test("what modules hold is judged when they are loaded, all of it at once", async () => {
  const error = await routesFrom(routesOf("faults")).catch((thrown: unknown) => thrown);
  if (!(error instanceof CompileError)) return expect.fail("it should have been refused");
  expect(error.diagnostics.map(({ code, where }) => [code, where])).toEqual([
    ["OS_ROUTE_NAME", "routes/[...rest]/edit.ts"],
    ["OS_ROUTE_NAME", "routes/[id.ts"],
    ["OS_USE_EXPORT", "routes/_use.ts"],
    ["OS_ROUTE_MISSING", "routes/empty.ts"],
    ["OS_ROUTE_EXPORT", "routes/extra.ts"],
    ["OS_ROUTE_EXPORT", "routes/plain.ts"],
    ["OS_ROUTE_EXPORT", "routes/small.ts"],
    ["OS_ROUTE_UNREADABLE", "routes/throws.ts"],
    ["OS_DEFAULT_MISSING", "routes/users/_use.ts"],
  ]);
  for (const { code, where, mend } of error.diagnostics) {
    expect(mend).not.toBe("");
    expect(error.message).toContain(`${code} ${where}\n`);
  }
  return undefined;
});

test("a mount has what its folders' _use files export, outermost first", async () => {
  const mounts = await routesFrom(routesOf("inherited"));
  expect(
    mounts.map(({ path, use = [] }) => [path, use.map((item) => ("name" in item ? item.name : item.kind))]),
  ).toEqual([
    ["/", ["outer", "group"]],
    ["/tickets/:id", ["outer", "group", "inner", "outer"]],
    ["/about", ["outer"]],
  ]);
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

test("pages are rendered by @openspeed/pages, where a matcher of yours lets them be", async () => {
  const app = createApp({ routes: await routesFrom(routesOf("pages")) });
  const get = async (path: string) => {
    const request = new Request(`http://localhost${path}`, { headers: { accept: "text/html" } });
    const answer = await app.fetch(request);
    return [answer.status, (await answer.text()).replaceAll(/<!--.*?-->/g, "")];
  };
  const [found, html] = await get("/things/7");
  expect([found, html]).toEqual([200, expect.stringContaining("[The next is 9]")]);
  expect(await get("/things/8")).toEqual([200, '{"even":8}']);
  expect(await get("/things/x")).toEqual([404, expect.stringContaining("[Nothing at /things/x]")]);
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
