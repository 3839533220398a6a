import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { apiProject, PAGES } from "./dev-project.ts";
import { running } from "./dev-server.ts";
import { project, type TestProject } from "./project.ts";

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
    expect(asset.headers.get("etag")).toMatch(/^"[0-9a-f]{32}(?:-gzip)?"$/);
  }
  const robots = await fetch(`${server.url}/robots.txt`);
  expect(await robots.text()).toBe("User-agent: *\n");
  expect(robots.headers.get("cache-control")).not.toContain("immutable");

  expect(await server.stop("SIGTERM")).toBe(0);
});

test("what is worth it is built in each coding, and sent in the one that a client accepts", async () => {
  const styles = ".a { color: red }\n".repeat(500);
  using app = apiProject({ "public/styles.css": styles, "public/tiny.css": "p {}" });
  writeFileSync(join(app.root, "public/noise.bin"), randomBytes(4096));
  app.write({ "public/own.css": styles, "public/own.css.br": "made elsewhere" });
  expect(await app.openspeed(["build"])).toMatchObject({ code: 0, err: "" });
  expect(readdirSync(join(app.root, "dist/client")).sort()).toEqual([
    "noise.bin",
    "own.css",
    "own.css.br",
    "own.css.gz",
    "own.css.zst",
    "styles.css",
    "styles.css.br",
    "styles.css.gz",
    "styles.css.zst",
    "tiny.css",
  ]);
  expect(readFileSync(join(app.root, "dist/client/own.css.br"), "utf8")).toBe("made elsewhere");

  await using server = await running(app.root, ["start"]);
  for (const coding of ["br", "gzip", "zstd"]) {
    const answer = await fetch(`${server.url}/styles.css`, { headers: { "accept-encoding": coding } });
    expect([answer.status, answer.headers.get("content-encoding")]).toEqual([200, coding]);
    expect(Number(answer.headers.get("content-length"))).toBeLessThan(styles.length / 10);
    expect(await answer.text()).toBe(styles);
  }
  const plain = await fetch(`${server.url}/styles.css`, {
    headers: { "accept-encoding": "identity", range: "bytes=0-1" },
  });
  expect([plain.status, await plain.text()]).toEqual([206, ".a"]);
  const tiny = await fetch(`${server.url}/tiny.css`, { headers: { "accept-encoding": "br" } });
  expect([tiny.headers.get("content-encoding"), tiny.headers.get("vary")]).toEqual([null, null]);
  expect((await fetch(`${server.url}/styles.css.br`)).status).toBe(404);
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

test("a project may have a files.js of its own", async () => {
  using app = apiProject({
    "src/files.js": 'export const words = "of the project";\n',
    "src/words.js": 'export { words } from "./files.js";\n',
    "routes/words.ts": `import { route } from "@openspeed/core";
import { words } from "../src/words.js";
export const GET = route(() => String(words));
`,
  });
  expect(await app.openspeed(["build"])).toMatchObject({ code: 0, err: "" });
  await using server = await running(app.root, ["start"]);
  expect(await server.text("/words")).toBe("of the project");
  expect(await server.stop("SIGTERM")).toBe(0);
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

test("what was not built, or has no place to listen, cannot be started", async () => {
  using app = apiProject();
  const said = await app.openspeed(["start"]);
  expect(said.code).toBe(3);
  expect(said.err).toContain("OS_NOT_BUILT");
  expect(said.err).toContain("openspeed build");

  expect((await app.openspeed(["build"])).code).toBe(0);
  const refused = await app.openspeed(["start"], { PORT: "x" });
  expect(refused.code).toBe(3);
  expect(refused.err).toContain("OS_PORT_INVALID");
});

const modules = fileURLToPath(new URL("../node_modules", import.meta.url));

/** A project in whose node_modules there is nothing but these packages. */
function installed(names: readonly string[], files: Readonly<Record<string, string>>): TestProject {
  const app = apiProject();
  rmSync(join(app.root, "node_modules"));
  for (const name of names) {
    const place = join(app.root, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(modules, name), place, "junction");
  }
  app.write(files);
  return app;
}

const greeting = `import { route } from "@openspeed/core";
import { words } from "greeting/words.js";
export const GET = route(() => words);
`;

describe("what the project declares stays outside of the bundle, everything else is taken in", () => {
  const files = {
    "package.json":
      '{ "type": "module", "dependencies": { "@openspeed/core": "*" }, "devDependencies": { "greeting": "*" } }',
    "node_modules/greeting/package.json": '{ "name": "greeting", "type": "module" }',
    "node_modules/greeting/words.js": 'export const words = "from a package";\n',
    "routes/greeting.ts": greeting,
    "public/robots.txt": "User-agent: *\n",
  };

  test("also if it can be found while building: in node_modules, or by NODE_PATH", async () => {
    using app = installed(["@openspeed/core", "@openspeed/pages"], files);
    expect(await app.openspeed(["build"], { NODE_PATH: modules })).toMatchObject({ code: 0, err: "" });
    // As after `npm install --omit=dev`, by a command that sets no NODE_PATH.
    for (const name of ["greeting", "@openspeed/pages"]) {
      rmSync(join(app.root, "node_modules", name), { recursive: true });
    }
    await using server = await running(app.root, ["start"]);
    expect(await server.text("/greeting")).toBe("from a package");
    expect(await server.text("/robots.txt")).toBe("User-agent: *\n");
    expect(readFileSync(join(app.root, "dist/server/index.js"), "utf8")).toContain('from "@openspeed/core"');
  });

  test("settings of Vite say otherwise by name", async () => {
    using app = installed(["@openspeed/core"], {
      ...files,
      "openspeed.config.ts":
        'export default { vite: { ssr: { external: ["greeting"], noExternal: [/^@openspeed/] } } };',
    });
    expect(await app.openspeed(["build"])).toMatchObject({ code: 0, err: "" });
    const text = readdirSync(join(app.root, "dist/server"), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(app.root, "dist/server", name), "utf8"))
      .join("\n");
    expect(text).toContain('from "greeting/words.js"');
    expect(text).not.toContain('from "@openspeed/');
  });

  test("what nobody finds is named with its line", async () => {
    using app = installed(["@openspeed/core"], {
      "routes/later.ts": `import { route } from "@openspeed/core";
export const GET = route(async () => String(await import("@nobody/nowhere/file.js")));
`,
    });
    const said = await app.openspeed(["build"]);
    expect(said.code).toBe(1);
    expect(said.err).toContain("error routes/later.ts:2 OS_APP_UNREADABLE\n  @nobody/nowhere/file.js cannot be found.");
    expect(said.err).toContain("npm install @nobody/nowhere\n");
  });
});

const require = createRequire(import.meta.url);
const runtimes: readonly (readonly [name: string, program: string, flags: readonly string[]])[] = [
  ["bun", join(dirname(require.resolve("bun/package.json")), "bin/bun.exe"), []],
  ["deno", join(dirname(require.resolve("deno/package.json")), "deno"), ["run", "-A"]],
];

test.each(runtimes)("what is built runs on %s, and ends when it is told to", async (_, program, flags) => {
  using app = apiProject();
  expect(await app.openspeed(["build"])).toMatchObject({ code: 0, err: "" });
  const child = spawn(program, [...flags, "dist/server/index.js"], {
    cwd: app.root,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  createInterface(child.stderr).on("line", (line) => said.push(line));
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (line.startsWith("ready ")) break;
  }
  child.stdout.resume();
  const url = /^ready (\S+)/.exec(said.at(-1) ?? "")?.[1] ?? "";
  expect(await (await fetch(`${url}/hello`)).text()).toBe("v0 of first");
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect({ code, said: said.slice(1).filter((line) => line.includes("rror")) }).toEqual({ code: 0, said: [] });
});
