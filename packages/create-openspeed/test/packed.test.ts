/**
 * What `npm create openspeed` makes, from packed packages: installed, tested, checked, built, started. It needs a package
 * registry, so it is skipped where there is none, and fails where OPENSPEED_REQUIRE names `registry`.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isRequired } from "@openspeed/required";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TEMPLATES } from "../src/templates.ts";
import { answers } from "./packed/answers.ts";
import { isOnline, type Made, makeAll } from "./packed/made.ts";
import { run, start, succeed } from "./packed/run.ts";
import { inWorkerd } from "./packed/workerd.ts";

const possible = isRequired("registry") || (await isOnline());
if (!possible) console.warn("The templates were not tried: there is no package registry to install from.");

describe.skipIf(!possible)("made from packed packages", () => {
  let made: Made;
  beforeAll(async () => {
    made = await makeAll();
  }, 180_000);
  afterAll(() => made?.[Symbol.asyncDispose]());

  describe.each(TEMPLATES)("$name", ({ name }) => {
    const npm = (...args: readonly string[]) => succeed("npm", args, made.folderOf(name));

    test("its own tests pass", { timeout: 60_000 }, async () => {
      const { said } = await npm("test");
      expect(said).toMatch(/Tests +\d+ passed/);
    });

    test("openspeed check and tsc find nothing", { timeout: 60_000 }, async () => {
      await npm("run", "check");
    });

    test("it is built, started, and answers", { timeout: 60_000 }, async () => {
      await npm("run", "build");
      const env = { PORT: "0", EDITOR_TOKEN: "let-me-in" };
      await using server = await start("npm", ["start"], made.folderOf(name), env);
      await answers[name](server.url);
    });
  });

  test("openspeed dev serves it", { timeout: 60_000 }, async () => {
    await using server = await start("npm", ["run", "dev", "--", "--port", "0"], made.folderOf("pages"), {});
    await answers.pages(server.url);
  });

  test("the edge's worker runs in workerd", { timeout: 60_000 }, async () => {
    const ask = await inWorkerd(join(made.folderOf("edge"), "src/worker.ts"), { GREETING: "Hello from the edge" });
    await using worker = ask;
    expect(await (await worker.fetch("/hello/Ada")).text()).toBe("Hello from the edge, Ada!");
    const sent = { method: "POST", body: '{"text":"edge"}', headers: { "content-type": "application/json" } };
    expect(await (await worker.fetch("/hash", sent)).json()).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await worker.fetch("/hash", { ...sent, body: "{}" })).status).toBe(422);
    expect(await (await worker.fetch("/countdown?from=1")).text()).toBe('{"left":1}\n{"left":0}\n');
  });

  test("npm alone installs what a project asks for", { timeout: 120_000 }, async () => {
    const args = [made.bin, "alone", "--package-manager", "npm", "--json"];
    const { out } = await succeed(process.execPath, args, made.root, {
      ...made.npmEnv,
      npm_config_prefer_offline: "true",
      npm_config_fetch_retries: "1",
    });
    expect(JSON.parse(out)).toMatchObject({ name: "alone", template: "minimal", installed: true, diagnostics: [] });
    await succeed("npm", ["test"], join(made.root, "alone"));
  });

  test("what it asks for has versions, each a range", async () => {
    for (const { name } of TEMPLATES) {
      const manifest = JSON.parse(await readFile(join(made.folderOf(name), "package.json"), "utf8"));
      const ranges = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
      expect(ranges.filter((range) => !/^\^\d+\.\d+\.\d+/.test(String(range)))).toEqual([]);
    }
  });

  test("without a registry the project is kept, and the reason told", { timeout: 60_000 }, async () => {
    const nowhere = {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
      npm_config_cache: join(made.root, "cache"),
    };
    const { code, said } = await run(
      process.execPath,
      [made.bin, "offline", "--no-git", "--package-manager", "npm"],
      made.root,
      nowhere,
    );
    expect(code).toBe(1);
    expect(said).toContain("OS_INSTALL_FAILED");
    expect(said).toContain("the package registry cannot be reached");
    expect(said).toContain("cd offline && npm install");
    expect(JSON.parse(await readFile(join(made.root, "offline/package.json"), "utf8"))).toMatchObject({
      name: "offline",
    });
  });
});
