import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { apiProject, hello, VITALS } from "./dev-project.ts";
import { running } from "./dev-server.ts";

const pool = (name: string): string => `import { provide } from "@openspeed/core";
export const pool = provide("pool", { scope: "app", dispose: ({ name }) => console.log("disposed " + name) }, () => ({ name: "${name}" }));
`;

describe.each(["node", "bun", "deno"])("on %s", (runtime) => {
  test("a saved route answers anew, what lives as long as the app stays, and a signal ends all of it", async () => {
    using app = apiProject();
    await using dev = await running(app.root, ["dev", "--runtime", runtime]);
    expect(await dev.text("/hello")).toBe("v0 of first");

    const reloaded = dev.says(/^reload routes\/hello\.ts/m);
    app.write({ "routes/hello.ts": hello(1) });
    await reloaded;
    expect(await dev.text("/hello")).toBe("v1 of first");
    expect(dev.said().match(/opened first/g)).toHaveLength(1);

    const disposed = dev.says(/^disposed first/m);
    app.write({ "src/pool.ts": pool("second") });
    await disposed;
    expect(await dev.text("/hello")).toBe("v1 of second");

    expect(await dev.stop("SIGTERM")).toBe(0);
    expect(dev.said()).toContain("disposed second");
    await expect(fetch(dev.url)).rejects.toThrow("fetch failed");
  });

  test("of two quick saves the last one wins", async () => {
    using app = apiProject();
    await using dev = await running(app.root, ["dev", "--runtime", runtime]);
    for (let version = 1; version <= 15; version++) {
      app.write({ "routes/hello.ts": hello(-version) });
      const until = performance.now() + version * 3;
      // A save that comes while the one before is being loaded: not a wait for something.
      while (performance.now() < until);
      app.write({ "routes/hello.ts": hello(version) });
      await expect.poll(() => dev.text("/hello"), { interval: 5, timeout: 2000 }).toBe(`v${version} of first`);
    }
  });
});

test("what does not parse is shown with its line, and the last good version serves until it is mended", async () => {
  using app = apiProject();
  await using dev = await running(app.root, ["dev"]);
  const shown = dev.says(/routes\/hello\.ts:3:\d+[\s\S]*> 3 \| export const = 3/);
  app.write({ "routes/hello.ts": hello(1).replace(/export const GET.*/, "export const = 3") });
  await shown;
  expect(await dev.text("/hello")).toBe("v0 of first");
  expect(dev.said()).toContain("The last good version goes on serving.");

  const mended = dev.says(/^reload/m);
  app.write({ "routes/hello.ts": hello(2) });
  await mended;
  expect(await dev.text("/hello")).toBe("v2 of first");
});

test("a file with a fault takes no routes out of what is checked in, neither when it is saved nor at the start", async () => {
  using app = apiProject();
  const generated = (): string => readFileSync(join(app.root, ".openspeed/routes.ts"), "utf8");
  let before = "";
  {
    await using dev = await running(app.root, ["dev"]);
    before = generated();
    expect(before).toContain("routes/hello.ts");
    const shown = dev.says(/OS_ROUTE_EXPORT/);
    app.write({ "routes/hello.ts": "export const get = 1;\n" });
    await shown;
    expect(generated()).toBe(before);
  }
  await using dev = await running(app.root, ["dev"]);
  expect(dev.said()).toContain("OS_ROUTE_EXPORT");
  expect(generated()).toBe(before);

  const mended = dev.says(/^reload routes\/hello\.ts/m);
  app.write({ "routes/hello.ts": hello(1), "routes/other.ts": hello(2) });
  await mended;
  await expect.poll(generated).toContain("routes/other.ts");
});

test("what is reloaded is named by the app's files, not by those of editors", async () => {
  using app = apiProject();
  await using dev = await running(app.root, ["dev"]);
  let reloaded = dev.says(/^reload (.*) \d+ ms$/m);
  // As sed -i and editors do: a file beside, which then takes the place of the one that is edited.
  app.write({ "routes/sedRWWALZ": hello(1), "src/pool.ts": pool("second") });
  expect(await reloaded).toBe("src/pool.ts");
  reloaded = dev.says(/^reload (.*) \d+ ms$/m);
  renameSync(join(app.root, "routes/sedRWWALZ"), join(app.root, "routes/hello.ts"));
  expect(await reloaded).toBe("routes/hello.ts");
});

describe("where it listens", () => {
  test("flags win over PORT and HOST, and those over the configuration", async () => {
    using app = apiProject({ "openspeed.config.ts": 'export default { port: 1, host: "203.0.113.7" };\n' });
    await using dev = await running(app.root, ["dev"], { PORT: "0", HOST: "127.0.0.1" });
    expect(dev.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await using other = await running(app.root, ["dev", "--port", "0", "--host", "localhost"], {
      PORT: "no port",
      HOST: "203.0.113.7",
    });
    expect(other.url).toMatch(/^http:\/\/localhost:\d+$/);
  });

  test("a PORT that is none is refused", async () => {
    using app = apiProject();
    const said = await app.openspeed(["dev"], { PORT: "70000" });
    expect(said.code).toBe(3);
    expect(said.err).toContain('error PORT OS_PORT_INVALID\n  PORT is "70000", which is no port.');
  });

  test("a host that is none of this machine's is told with a host that is", async () => {
    using app = apiProject();
    const said = await app.openspeed(["dev", "--host", "203.0.113.7", "--port", "0"]);
    expect(said.code).toBe(3);
    expect(said.err).toContain("OS_HOST_UNKNOWN");
    expect(said.err).toContain("openspeed dev --host localhost");
    expect(said.err).not.toContain("--port");
  });
});

test("what does not compile leaves the app before as it was", async () => {
  using app = apiProject();
  await using dev = await running(app.root, ["dev"]);
  const shown = dev.says(/OS_UNBOUND_PORT/);
  app.write({
    "routes/hello.ts": `import { port, route } from "@openspeed/core";
const mail = port<string>()("mail");
export const GET = route({ use: [mail] }, ({ mail }) => mail);
`,
  });
  await shown;
  expect(await dev.text("/hello")).toBe("v0 of first");
});

test("what a stream uses is disposed when it has ended, and not before", async () => {
  using app = apiProject();
  await using dev = await running(app.root, ["dev"]);
  const client = new AbortController();
  const stream = await fetch(`${dev.url}/slow`, { signal: client.signal });
  const reader = stream.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("first");

  const reloaded = dev.says(/^reload src\/pool\.ts/m);
  app.write({ "src/pool.ts": pool("second") });
  await reloaded;
  expect(await dev.text("/hello")).toBe("v0 of second");
  expect(dev.said()).not.toContain("disposed first");

  const disposed = dev.says(/^disposed first/m);
  client.abort();
  await disposed;
});

test("an app that is broken when it first starts is shown, and starts when it is mended", async () => {
  using app = apiProject({ "src/app.ts": "export const app = ;\n" });
  await using dev = await running(app.root, ["dev"]);
  expect(dev.said()).toMatch(/^waiting http/m);
  expect(dev.said()).toContain("The app has not started; it will when this is mended.");
  expect(dev.said()).not.toMatch(/^ready|last good version/m);
  const broken = await fetch(`${dev.url}/hello`, { headers: { accept: "text/html" } });
  expect(broken.status).toBe(500);
  const page = await broken.text();
  expect(page).toContain("src/app.ts:1:");
  expect(page).toContain("/@dev/client.js");
  const problem = await fetch(`${dev.url}/hello`);
  expect(problem.headers.get("content-type")).toBe("application/problem+json");

  const mended = dev.says(/^reload src\/app\.ts.*\nready http/m);
  app.write({
    "src/app.ts": `import { createApp } from "@openspeed/core";
import routes from "../.openspeed/routes.ts";
export const app = createApp({ routes });
`,
  });
  await mended;
  expect(await dev.text("/hello")).toBe("v0 of first");
});

test("a module that is missing is waited for", async () => {
  using app = apiProject();
  await using dev = await running(app.root, ["dev"]);
  const shown = dev.says(/words/);
  app.write({
    "routes/hello.ts": `import { words } from "../src/words.ts";\n${hello(1).replace("v1 of", "${words}")}`.replace(
      /"\$\{words\} "/,
      "words",
    ),
  });
  await shown;
  const mended = dev.says(/^reload/m);
  app.write({ "src/words.ts": 'export const words = "found by ";\n' });
  await mended;
  expect(await dev.text("/hello")).toBe("found by first");
});

test("a configuration that breaks is told of, and the server stays", async () => {
  using app = apiProject({ "openspeed.config.ts": "export default {};\n" });
  await using dev = await running(app.root, ["dev"]);
  const shown = dev.says(/openspeed\.config\.ts/);
  app.write({ "openspeed.config.ts": "export default { ports: 1 };\n" });
  await shown;
  expect(await dev.text("/hello")).toBe("v0 of first");
  const mended = dev.says(/^reload openspeed\.config\.ts/m);
  app.write({ "openspeed.config.ts": "export default { port: 4000 };\n" });
  await mended;
  expect(await dev.text("/hello")).toBe("v0 of first");
});

test("routes come, go and move with their files and folders", async () => {
  using app = apiProject({ "routes/admin/users.ts": hello(7).replace("../", "../../") });
  await using dev = await running(app.root, ["dev"]);
  expect(await dev.text("/admin/users")).toBe("v7 of first");

  let reloaded = dev.says(/^reload/m);
  renameSync(join(app.root, "routes/admin"), join(app.root, "routes/staff"));
  await reloaded;
  await expect.poll(() => dev.text("/staff/users"), { interval: 5 }).toBe("v7 of first");
  expect((await fetch(`${dev.url}/admin/users`)).status).toBe(404);

  reloaded = dev.says(/^reload/m);
  app.write({ "routes/staff/users.ts": hello(8).replace("../", "../../") });
  await reloaded;
  expect(await dev.text("/staff/users")).toBe("v8 of first");

  reloaded = dev.says(/^reload/m);
  app.write({ "routes/new/deep/folder.ts": hello(9).replace("../", "../../../") });
  await reloaded;
  await expect.poll(() => dev.text("/new/deep/folder"), { interval: 5 }).toBe("v9 of first");

  reloaded = dev.says(/^reload/m);
  rmSync(join(app.root, "routes/hello.ts"));
  await reloaded;
  await expect.poll(async () => (await fetch(`${dev.url}/hello`)).status, { interval: 5 }).toBe(404);
});

test("a port in use is one clear error", async () => {
  using app = apiProject();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = other.address() as AddressInfo;
    const said = await app.openspeed(["dev", "--port", `${port}`]);
    expect(said.code).toBe(3);
    expect(said.err).toContain("OS_PORT_IN_USE");
    expect(said.err).toContain(`openspeed dev --port ${port + 1}`);
    expect(said.err).not.toContain("    at ");
  } finally {
    other.close();
  }
});

test.each(["bun", "deno"])("%s does not outlive the command that started it", async (runtime) => {
  using app = apiProject();
  await using dev = await running(app.root, ["dev", "--runtime", runtime]);
  await dev.stop("SIGKILL");
  await expect
    .poll(
      () =>
        fetch(dev.url).then(
          () => "serves",
          () => "gone",
        ),
      { interval: 50, timeout: 5000 },
    )
    .toBe("gone");
});

interface Vitals {
  readonly heap: number;
  readonly resources: readonly string[];
}

test("200 reloads leave neither memory nor watchers behind", async () => {
  using app = apiProject(VITALS);
  await using dev = await running(app.root, ["dev"]);
  // Long enough that keeping each text would show.
  const text = `/* ${"a text that is saved once and never again ".repeat(500)} */\n`;
  const reload = async (version: number): Promise<void> => {
    app.write({ "routes/hello.ts": `${hello(version)}// ${version}\n${text}` });
    await expect.poll(() => dev.text("/hello"), { interval: 2, timeout: 2000 }).toBe(`v${version} of first`);
  };
  for (let version = 1; version <= 50; version++) await reload(version);
  const before = (await dev.json("/vitals")) as Vitals;
  for (let version = 51; version <= 250; version++) await reload(version);
  const after = (await dev.json("/vitals")) as Vitals;
  expect(after.heap - before.heap).toBeLessThan(3_000_000);
  const watchers = ({ resources }: Vitals): number => resources.filter((name) => name.includes("FSEvent")).length;
  expect(watchers(after)).toBe(watchers(before));
  expect(after.resources.length).toBeLessThanOrEqual(before.resources.length + 2);
});
