import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { generatedProject, project, type TestProject } from "./project.ts";

const creator = fileURLToPath(new URL("../../create-openspeed", import.meta.url));
const bin = fileURLToPath(new URL("../bin/openspeed.js", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

function read({ root }: TestProject, file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** What TypeScript says of a project. */
async function faultsOf({ root }: TestProject): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "-p", root, "--pretty", "false"], { cwd: root }, (_, out) => resolve(out.trim()));
  });
}

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: "es2024",
    lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
    module: "nodenext",
    customConditions: ["@openspeed/source"],
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    jsx: "react-jsx",
    jsxImportSource: "preact",
    rootDirs: [".", "./.openspeed/types"],
  },
  include: ["src", "routes", "billing/src", ".openspeed"],
});

describe.concurrent("openspeed new", () => {
  test("what it makes is typed, generated, and part of the app", { timeout: 60_000 }, async () => {
    using files = generatedProject();
    files.write({ "tsconfig.json": tsconfig });
    const made: readonly (readonly string[])[] = [
      ["route", "/users/[id=uuid]", "--method", "get,patch,delete"],
      ["route", "/files/*path", "--public"],
      ["page", "/about-us"],
      ["plugin", "audit-log"],
      ["package", "@acme/billing"],
    ];
    for (const args of made) {
      const { code, out, err } = await files.openspeed(["new", ...args]);
      expect({ args, code, err }).toEqual({ args, code: 0, err: "" });
      expect(out).toMatch(/^wrote /);
    }
    expect(read(files, "routes/users/[id=uuid].ts")).toBe(`import { matched, reply, route } from "@openspeed/core";
import type { Params } from "./$types/[id=uuid].js";

export const GET = route({ params: matched<Params>() }, ({ params }) => ({ ...params }));

export const PATCH = route({ params: matched<Params>() }, ({ params }) => ({ ...params }));

export const DELETE = route({ params: matched<Params>(), output: { 204: null } }, () => reply(204));
`);
    expect(await faultsOf(files)).toBe("");
    expect(await files.openspeed(["check"])).toMatchObject({ code: 0, err: "" });
    const { out } = await files.openspeed(["routes"]);
    for (const line of [
      "DELETE  /users/:id    public",
      "PATCH   /users/:id    public",
      "GET     /files/*path  public",
      "GET     /about-us     public",
    ]) {
      expect(out).toContain(line);
    }
  });

  test("params are zod's where nothing is generated and zod is there, else texts", async () => {
    using plain = project({ "package.json": '{ "dependencies": { "zod": "4" } }' });
    await plain.openspeed(["new", "route", "/users/[id=int]/posts/[slug]"]);
    expect(read(plain, "routes/users/[id=int]/posts/[slug].ts")).toBe(`import { route } from "@openspeed/core";
import { z } from "zod";

const params = z.object({ id: z.int(), slug: z.string() });

export const GET = route({ params }, ({ params }) => ({ ...params }));
`);
    plain.write({ "package.json": "{}" });
    await plain.openspeed(["new", "route", "users/:id", "--public"]);
    expect(read(plain, "routes/users/[id].ts")).toBe(`import { publicAccess, route } from "@openspeed/core";

export const GET = route({ use: [publicAccess()] }, ({ params }) => ({ ...params }));
`);
  });

  test("what is there stays, unless --force says otherwise", async () => {
    using plain = project({ "routes/index.ts": "mine" });
    expect(await plain.openspeed(["new", "route", "/"])).toEqual({
      code: 3,
      out: "",
      err: `error routes/index.ts OS_FILE_EXISTS
  It is there already.
  Choose another name, or give --force to overwrite it.`,
    });
    expect(read(plain, "routes/index.ts")).toBe("mine");
    expect((await plain.openspeed(["new", "route", "/", "--force"])).code).toBe(0);
    expect(read(plain, "routes/index.ts")).toContain("export const GET");
  });

  test("a dry run shows everything and makes nothing", async () => {
    using plain = project({});
    const { code, out } = await plain.openspeed(["new", "package", "billing", "--dry-run"]);
    expect(code).toBe(0);
    for (const file of ["package.json", "tsconfig.json", "README.md", "src/index.ts", "test/billing.test.ts"]) {
      expect(out).toContain(`would write billing/${file}\n  `);
    }
    expect(existsSync(join(plain.root, "billing"))).toBe(false);
  });

  test("a package goes where packages are, and takes what the workspace has", async () => {
    using workspace = project({
      "packages/core/package.json": "{}",
      "pnpm-workspace.yaml": "catalog:\n  vitest: 5.1.1\n",
    });
    expect((await workspace.openspeed(["new", "package", "@acme/billing"])).code).toBe(0);
    expect(JSON.parse(read(workspace, "packages/billing/package.json"))).toMatchObject({
      name: "@acme/billing",
      peerDependencies: { "@openspeed/core": "workspace:^" },
      devDependencies: { vitest: "catalog:", typescript: expect.stringMatching(/^\^/) },
    });
  });

  test.each<[args: readonly string[], says: string]>([
    [
      ["route"],
      "openspeed new route OS_MISSING_ARGUMENT\n  It is not said what to make: At which path?\n  Write openspeed new route '/users/[id]'",
    ],
    [["package"], "openspeed new package OS_MISSING_ARGUMENT"],
    [["route", "/a b"], '/a b OS_NEW_PATH\n  "a b" is no segment of a path.'],
    [["route", "/../secret"], '/../secret OS_NEW_PATH\n  ".." is no segment of a path.'],
    [["page", "/_hidden"], '/_hidden OS_NEW_PATH\n  "_hidden" is no segment of a path.'],
    [["plugin", "../evil"], '../evil OS_NEW_NAME\n  "../evil" is no name for it.'],
    [["package", "@acme/Billing"], 'Billing OS_NEW_NAME\n  "Billing" is no name for it.'],
  ])("%j is refused, with the mend", async (args, says) => {
    using plain = project({});
    const { code, out, err } = await plain.openspeed(["new", ...args]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain(`error ${says}`);
  });

  test("an unknown method is refused", async () => {
    using plain = project({});
    const { code, err } = await plain.openspeed(["new", "route", "/x", "--method", "get,fetch"]);
    expect(code).toBe(3);
    expect(err).toContain("FETCH is no method. Known: GET, HEAD, POST");
  });
});

/** Gives a program a terminal, as util-linux does. */
const TERMINAL = "/usr/bin/script";
const hasTerminal = process.platform === "linux" && existsSync(TERMINAL);
if (!hasTerminal) console.log(`new project: its questions are not tried. There is no ${TERMINAL}.`);

/** A folder `with` in which create-openspeed is installed. */
function withCreator(): TestProject {
  const holder = project({});
  holder.write({ "with/node_modules/.keep": "", "with/package.json": "{}" });
  symlinkSync(creator, join(holder.root, "with/node_modules/create-openspeed"), "junction");
  return holder;
}

describe.concurrent("openspeed new project", () => {
  test("says what to run where create-openspeed is not installed", async () => {
    using plain = project({});
    expect(await plain.openspeed(["new", "project", "desk", "--template", "edge"])).toEqual({
      code: 3,
      out: "",
      err: `error openspeed new project OS_NO_CREATOR
  Projects are made by create-openspeed, which is not installed here.
  Run npm create openspeed@latest desk -- --template edge`,
    });
  });

  test("is create-openspeed's work, and its words, where it is", async () => {
    using holder = withCreator();
    const { code, out, err } = await holder.openspeed(["-C", "with", "new", "project", "desk", "--template", "pagse"]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain("OS_UNKNOWN_TEMPLATE");
    expect(err).toContain("Did you mean pages?");
    expect(existsSync(join(holder.root, "with/desk"))).toBe(false);

    const args = ["-C", "with", "new", "project", "--template", "minimal", "desk", "--no-install"];
    expect(await holder.openspeed([...args, "--json"])).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(read(holder, "with/desk/package.json"))).toMatchObject({ name: "desk" });
    expect((await holder.openspeed(["new", "project", "-C", "with"])).err).toContain("OS_MISSING_ARGUMENT");
    expect((await holder.openspeed(["new", "project", "--help"])).out).toContain("--no-install");
  });

  test("installs, by the package manager that is named", async () => {
    using holder = withCreator();
    // A stand-in that says what it was asked for; the real one needs a registry.
    holder.write({ "bin/npm": '#!/bin/sh\necho "$@" > "$PWD/installed"\n' });
    chmodSync(join(holder.root, "bin/npm"), 0o755);
    const PATH = `${join(holder.root, "bin")}:${process.env["PATH"] ?? ""}`;
    const made = await holder.openspeed(["-C", "with", "new", "project", "desk", "-p", "npm"], { PATH });
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(read(holder, "with/desk/installed")).toMatch(/^install/);
  });

  test.runIf(hasTerminal)("asks for what was not said, on a terminal", async () => {
    using holder = withCreator();
    // A terminal that nobody looks at has no width.
    const command = `stty cols 100 rows 30; ${process.execPath} --conditions=@openspeed/source ${bin} -C with new project --no-install --no-git`;
    const { CI: _ci, ...env } = process.env;
    const child = spawn(TERMINAL, ["-qec", command, "/dev/null"], {
      cwd: holder.root,
      env,
      stdio: ["pipe", "pipe", "ignore"],
    });
    let said = "";
    const asked = async (words: string): Promise<void> => {
      while (!said.includes(words)) said += String((await once(child.stdout, "data"))[0]);
    };
    await asked("Where will it be?");
    child.stdin.write("desk\r");
    await asked("What does it begin with?");
    child.stdin.write("\r");
    child.stdout.resume();
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(existsSync(join(holder.root, "with/desk/package.json"))).toBe(true);
  });
});
