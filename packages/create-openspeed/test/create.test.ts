import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, TEMPLATES } from "../src/index.ts";
import { runningPackageManager, scriptCommand } from "../src/package-manager.ts";
import { nameFault } from "../src/project-name.ts";
import { room } from "./command.ts";

const quietly = ["--no-install", "--no-git"];

describe("without a terminal", () => {
  test("a project is made, and what comes next is said", async () => {
    using here = room();
    const { code, out } = await here.create(["desk", ...quietly]);
    expect(code).toBe(0);
    expect(out).toContain("Made desk from the template minimal.");
    expect(out).toMatch(/cd desk\n +npm install\n +npm run dev/);
    expect(JSON.parse(here.read("desk/package.json"))).toMatchObject({ name: "desk", dependencies: { zod: /^\^\d/ } });
    expect(here.list("desk")).toContain(".gitignore");
    expect(here.list("desk")).toContain(".openspeed/routes.ts");
    expect(here.list("desk")).not.toContain("_gitignore");
  });

  test("--json says it to machines", async () => {
    using here = room();
    const { code, out } = await here.create(["apps/desk", "--template", "edge", "--json", ...quietly]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      name: "desk",
      template: "edge",
      place: "apps/desk",
      packageManager: "npm",
      installed: false,
      git: false,
      diagnostics: [],
    });
  });

  test("nothing is asked: --yes takes the defaults, and without it a folder is missing", async () => {
    using here = room();
    expect(await here.create(quietly)).toMatchObject({ code: 1, said: expect.stringContaining("OS_MISSING_ARGUMENT") });
    expect(await here.create(["--yes", ...quietly])).toMatchObject({ code: 0 });
    expect(JSON.parse(here.read("openspeed-app/package.json"))).toMatchObject({ name: "openspeed-app" });
  });

  test("a repository is begun, unless there is one around", async () => {
    using here = room();
    here.write("My Desk/.gitattributes", "");
    const { code } = await here.create(["My Desk", "--no-install"]);
    expect(code).toBe(0);
    expect(JSON.parse(here.read("My Desk/package.json"))).toMatchObject({ name: "my-desk" });
    expect(here.read("My Desk/.git/HEAD")).toContain("refs/heads/main");
    expect((await here.create(["My Desk/inner", "--json", "--no-install"])).out).toContain('"git": false');
  });
});

describe("what is wrong is told, and nothing is written", () => {
  test("a folder that is not empty", async () => {
    using here = room();
    here.write("desk/notes.txt", "mine");
    const { code, said } = await here.create(["desk", ...quietly]);
    expect({ code, said }).toEqual({
      code: 1,
      said: `error desk OS_FOLDER_NOT_EMPTY\n  It is not empty: notes.txt is there.\n  Give another folder, or --force to write over what has the names of the template's files.\n`,
    });
    expect(here.list("desk")).toEqual(["notes.txt"]);
    expect(await here.create(["desk", "--force", ...quietly])).toMatchObject({ code: 0 });
    expect(here.read("desk/notes.txt")).toBe("mine");
  });

  test("a file", async () => {
    using here = room();
    here.write("desk", "mine");
    expect((await here.create(["desk", ...quietly])).said).toContain("OS_NOT_A_FOLDER");
    expect((await here.create(["desk/inner", ...quietly])).said).toMatch(/OS_(?:NOT_A_FOLDER|FOLDER_DENIED)/);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that is somebody else's", async () => {
    using here = room();
    here.write("theirs/notes.txt", "");
    here.lock("theirs");
    const { code, said } = await here.create(["theirs/desk", ...quietly]);
    expect(code).toBe(1);
    expect(said).toContain("OS_FOLDER_DENIED");
  });

  test("a folder that no disk takes", async () => {
    using here = room();
    const { code, said } = await here.create(["x".repeat(300), ...quietly]);
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining("OS_FOLDER_DENIED") });
  });

  test("a template that does not exist", async () => {
    using here = room();
    const { code, said } = await here.create(["desk", "--template", "page", ...quietly]);
    expect(code).toBe(1);
    expect(said).toContain('There is no template named "page". Did you mean pages?');
    expect((await here.create(["desk", "-t", "rails", ...quietly])).said).not.toContain("Did you mean");
    expect(here.list(".")).toEqual([]);
  });

  test.for([
    [["desk", "--name", "My Desk"], "Call it my-desk, for instance."],
    [["desk", "--name", "node_modules"], "npm keeps it for itself"],
    [["บัญชี"], "Say how the project is called: --name desk."],
    [["desk", "--port", "3"], "unknown option '--port'"],
    [["desk", "more"], "too many arguments"],
    [["desk", "-p", "cargo"], "Allowed choices are npm, pnpm, yarn, bun"],
  ] as const)("%j", async ([args, words]) => {
    using here = room();
    const { code, said } = await here.create([...args, ...quietly]);
    expect(code).toBe(1);
    expect(said).toContain(words);
    expect(here.list(".")).toEqual([]);
  });

  test("as JSON, where that was asked for", async () => {
    using here = room();
    const { code, out } = await here.create(["desk", "--template", "x", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ diagnostics: [{ code: "OS_UNKNOWN_TEMPLATE", where: "--template" }] });
  });
});

test.skipIf(process.platform === "win32")(
  "Ctrl+C while installing keeps the project, and says how to go on",
  async () => {
    using here = room();
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    // A registry that takes the request and never answers.
    const silent = createServer(() => resolve()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const registry = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    const env = {
      npm_config_registry: registry,
      "npm_config_@openspeed:registry": registry,
      npm_config_cache: join(here.root, "cache"),
    };
    const child = here.start(["desk", "--package-manager", "npm", "--no-git"], env);
    await asked;
    child.kill("SIGINT");
    const { code, said } = await child.ended;
    silent.closeAllConnections();
    silent.close();
    expect({ code, said }).toEqual({ code: 130, said: expect.stringContaining("OS_INSTALL_STOPPED") });
    expect(said).toContain("Then: cd desk && npm install");
    expect(here.list("desk")).toContain("package.json");
  },
);

test("a project with a scope in its name has a folder without", async () => {
  using here = room();
  const made = await createProject({ name: "@acme/desk", root: here.root });
  expect(made).toMatchObject({ name: "@acme/desk", place: "desk", installed: false, installFault: undefined });
  expect(made.files).toContain("src/app.ts");
});

test.for(TEMPLATES)("$name has a README, tests, and asks for known packages alone", async ({ name }) => {
  using here = room();
  const { files } = await createProject({ folder: "desk", template: name, root: here.root });
  expect(files).toEqual(expect.arrayContaining(["README.md", "package.json", "tsconfig.json", ".openspeed/routes.ts"]));
  expect(files.some((file) => /^test\/.*\.test\.ts$/.test(file))).toBe(true);
});

test.for([
  ["npm/11.4.0 node/v26.10.0 linux x64", "npm", "npm run dev"],
  ["pnpm/12.4.2 npm/? node/v26.10.0", "pnpm", "pnpm dev"],
  ["yarn/4.9.0 npm/? node/v26.10.0", "yarn", "yarn dev"],
  ["bun/1.4.5 npm/? node/v24.3.0", "bun", "bun run dev"],
  [undefined, "npm", "npm run dev"],
] as const)("%s is %s", ([agent, manager, dev]) => {
  expect(runningPackageManager(agent)).toBe(manager);
  expect(scriptCommand(manager, "dev")).toBe(dev);
});

test.for(["desk", "@acme/desk", "a.b-c_d~e", "-x"])("%s is a name", (name) => {
  expect(nameFault(name)).toBeUndefined();
});

test.for(["", ".desk", "_desk", "Desk", "a b", "a/b", "@acme", "@acme/", "favicon.ico", "x".repeat(215), "héé"])(
  "%j is none",
  (name) => {
    expect(nameFault(name)).toBeDefined();
  },
);
