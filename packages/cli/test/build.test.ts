import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { apiProject, PAGES } from "./dev-project.ts";
import { running } from "./dev-server.ts";
import { project } from "./project.ts";

test("an app with pages is built, started and stopped", async () => {
  using app = project(PAGES);
  const built = await app.openspeed(["build"]);
  expect(built).toMatchObject({ code: 0, err: "" });
  expect(built.out).toContain("dist/server/index.js");

  await using server = await running(app.root, ["start"]);
  const page = await (await fetch(server.url, { headers: { accept: "text/html" } })).text();
  expect(page).toContain("<h1>Home v0</h1>");
  for (const pattern of [/href="(\/assets\/style-[^"]+\.css)"/, /src="(\/assets\/[^"]+\.js)"/]) {
    const [, path = ""] = pattern.exec(page) ?? [];
    const asset = await fetch(server.url + path);
    expect(asset.status).toBe(200);
    expect(asset.headers.get("cache-control")).toContain("immutable");
  }
  const robots = await fetch(`${server.url}/robots.txt`);
  expect(await robots.text()).toBe("User-agent: *\n");
  expect(robots.headers.get("cache-control")).not.toContain("immutable");

  expect(await server.stop("SIGTERM")).toBe(0);
});

test("an app without pages is built without what pages need", async () => {
  using app = apiProject();
  expect((await app.openspeed(["build"])).code).toBe(0);
  const modules = readdirSync(join(app.root, "dist"), { recursive: true }).map(String);
  expect(modules.filter((name) => /page|preact|react/.test(name))).toEqual([]);
  await using server = await running(app.root, ["start"]);
  expect(await server.text("/hello")).toBe("v0 of first");
  expect(await server.stop("SIGINT")).toBe(0);
  expect(server.said()).toContain("disposed first");
});

test("an app that does not compile is not built", async () => {
  using app = apiProject({
    "routes/broken.ts": `import { port, route } from "@openspeed/core";
export const GET = route({ use: [port<string>()("mail")] }, ({ mail }) => mail);
`,
  });
  const said = await app.openspeed(["build"]);
  expect(said.code).toBe(1);
  expect(said.err).toContain("OS_UNBOUND_PORT");
  expect(readdirSync(app.root)).not.toContain("dist");
});

test("what was not built cannot be started", async () => {
  using app = apiProject();
  const said = await app.openspeed(["start"]);
  expect(said.code).not.toBe(0);
  expect(said.err).toContain("OS_NOT_BUILT");
  expect(said.err).toContain("openspeed build");
});
