import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CompileError } from "@openspeed/core";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type Disk, openProject, type Project } from "../src/generate.ts";
import { routesFrom } from "../src/index.ts";
import { memoryDisk } from "./memory-disk.ts";
import { sourceOf, type Tree, trees } from "./trees.ts";

const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A project on the disk. */
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "project-"));
  made.push(root);
  for (const [file, text] of Object.entries(files)) await put(root, file, text);
  return root;
}

async function put(root: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

const GET = "export const GET = 1;\n";
const faultsOf = ({ scan }: Project) => scan.faults.map(({ code, where }) => `${code} ${where}`);

describe("the output folder", () => {
  test("is written, true afterwards, and stale when a file changes", async () => {
    const root = await folderOf({ "routes/users/[id=int].ts": GET, "routes/index.ts": GET });
    const project = await openProject({ root });
    const all = ["api.d.ts", "routes.ts", "types/routes/users/$types/[id=int].d.ts"];
    expect([...project.outputs().keys()]).toEqual(all);
    expect(await project.stale()).toEqual(all);
    expect(await project.write()).toEqual(all);
    expect(await project.stale()).toEqual([]);
    expect(await project.write()).toEqual([]);
    for (const [path, text] of project.outputs())
      expect(await readFile(join(root, ".openspeed", path), "utf8")).toBe(text);

    await put(root, "routes/users/[id=int].ts", `${GET}export const POST = 1;\n`);
    expect(await (await openProject({ root })).stale()).toEqual(["api.d.ts", "routes.ts"]);
    expect(project.update(["routes/users/[id=int].ts"])).toEqual({ routesChanged: true, typesChanged: true });
    expect(await project.write()).toEqual(["api.d.ts", "routes.ts"]);
  });

  test("loses the types of files that are gone, and folders with nothing left in them", async () => {
    const root = await folderOf({ "routes/users/[id].ts": GET, "routes/index.ts": GET });
    const project = await openProject({ root });
    await project.write();
    await rm(join(root, "routes/users"), { recursive: true });
    expect(project.update(["routes/users"])).toEqual({ routesChanged: true, typesChanged: true });
    expect(await project.write()).toContain("types/routes/users/$types/[id].d.ts");
    expect((await readdir(join(root, ".openspeed"))).sort()).toEqual(["api.d.ts", "routes.ts"]);
    expect(await project.stale()).toEqual([]);
  });

  test("is made true again after somebody else wrote there, once that is told", async () => {
    const root = await folderOf({ "routes/index.ts": GET });
    const project = await openProject({ root });
    await project.write();
    await put(root, ".openspeed/routes.ts", "// an older one");
    await put(root, ".openspeed/types/left-over.d.ts", "");
    expect(await project.stale()).toEqual(["routes.ts", "types/left-over.d.ts"]);
    project.update([".openspeed/routes.ts"]);
    expect(await project.write()).toEqual(["routes.ts", "types/left-over.d.ts"]);
    expect(await project.stale()).toEqual([]);
  });

  test("never holds half a file for who reads while it is written", async () => {
    const root = await folderOf({ "routes/index.ts": GET });
    const project = await openProject({ root });
    const wide = Array.from({ length: 2000 }, (_, i) => `routes/route-${i}.ts`);
    await mkdir(join(root, "routes"), { recursive: true });
    await project.write();
    const texts = new Set([project.outputs().get("routes.ts")]);
    for (const file of wide) await put(root, file, GET);
    project.update(wide);
    texts.add(project.outputs().get("routes.ts"));
    const written = new AbortController();
    const writing = project.write().finally(() => written.abort());
    const seen = new Set<string | undefined>();
    while (!written.signal.aborted) seen.add(await readFile(join(root, ".openspeed/routes.ts"), "utf8"));
    await writing;
    seen.add(await readFile(join(root, ".openspeed/routes.ts"), "utf8"));
    for (const text of seen) expect(texts.has(text)).toBe(true);
    expect(await readdir(join(root, ".openspeed"))).toEqual(["api.d.ts", "routes.ts"]);
  });

  test("keeps the time of a file whose text stays", async () => {
    const root = await folderOf({ "routes/index.ts": GET });
    await (await openProject({ root })).write();
    const written = async () => stat(join(root, ".openspeed/routes.ts"), { bigint: true });
    const before = await written();
    await (await openProject({ root })).write();
    const after = await written();
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });
});

describe("what has a file's name and is none", () => {
  test("is told of, where it stands", async () => {
    const root = await folderOf({ "routes/index.ts": GET, "routes/page.tsx/inside.ts": GET });
    await mkdir(join(root, "routes/staff/_use.ts"), { recursive: true });
    await mkdir(join(root, "routes/files.ts"));
    await symlink("nowhere.ts", join(root, "routes/lost.ts"));
    await symlink("nowhere.ts", join(root, "routes/.lost.ts"));
    const project = await openProject({ root });
    expect(project.scan.faults.map(({ where, message }) => `${where} ${message}`)).toEqual([
      "routes/lost.ts The file cannot be read: it is a link that leads nowhere.",
      "routes/page.tsx The file cannot be read: it is a folder.",
      "routes/staff/_use.ts The file cannot be read: it is a folder.",
    ]);
    await expect(routesFrom(join(root, "routes"))).rejects.toThrow("routes/lost.ts");

    await rm(join(root, "routes/staff"), { recursive: true });
    await rm(join(root, "routes/page.tsx"), { recursive: true });
    await rm(join(root, "routes/lost.ts"));
    project.update(["routes/staff", "routes/page.tsx", "routes/lost.ts"]);
    expect(faultsOf(project)).toEqual([]);
    await mkdir(join(root, "routes/page.tsx"));
    project.update(["routes/page.tsx"]);
    expect(faultsOf(project)).toEqual(["OS_ROUTE_UNREADABLE routes/page.tsx"]);
  });

  test("a link to a file is that file, a link to a folder is not followed", async () => {
    const root = await folderOf({ "routes/a/index.ts": GET, "shared/guard.ts": "export default [];\n" });
    await symlink("../../shared/guard.ts", join(root, "routes/a/_use.ts"));
    await symlink(".", join(root, "routes/a/again"));
    const project = await openProject({ root });
    const expected = [{ path: "/a", uses: ["routes/a/_use.ts"] }];
    expect(project.scan.routes).toMatchObject(expected);
    project.update(["routes/a/_use.ts", "routes/a/again"]);
    expect(project.scan.routes).toMatchObject(expected);
    expect(project.scan.routes).toHaveLength(1);
    expect(faultsOf(project)).toEqual([]);
  });
});

describe("a change", () => {
  test("that puts an own matcher in the place of a built-in one is taken, and taken back", async () => {
    const files = new Map([["routes/[id=int].ts", GET]]);
    const project = await openProject({ root: "/nowhere", disk: memoryDisk(files) });
    const before = project.outputs().get("routes.ts");
    files.set("matchers/int.ts", "export default 1;\n");
    expect(project.update(["matchers/int.ts"])).toMatchObject({ routesChanged: true });
    expect(project.outputs().get("routes.ts")).toContain('import intMatcher from "../matchers/int.ts";');
    files.delete("matchers/int.ts");
    expect(project.update(["matchers/int.ts"])).toMatchObject({ routesChanged: true });
    expect(project.outputs().get("routes.ts")).toBe(before);
  });

  test("that alters no export alters nothing", async () => {
    const files = new Map([["routes/users.ts", GET]]);
    const project = await openProject({ root: "/nowhere", disk: memoryDisk(files) });
    const { scan } = project;
    files.set("routes/users.ts", `// a comment\n${GET}`);
    expect(project.update(["routes/users.ts"])).toEqual({ routesChanged: false, typesChanged: false });
    expect(project.scan).toEqual(scan);
    expect(project.update(["README.md", "src/db.ts"])).toEqual({ routesChanged: false, typesChanged: false });
  });

  test("that does not parse keeps the file's routes, and tells where it broke", async () => {
    const files = new Map([["routes/users.ts", GET]]);
    const project = await openProject({ root: "/nowhere", disk: memoryDisk(files) });
    files.set("routes/users.ts", "export const GET = route(\n  () => {,\n);\n");
    expect(project.update(["routes/users.ts"])).toEqual({ routesChanged: false, typesChanged: false });
    expect(faultsOf(project)).toEqual(["OS_ROUTE_SYNTAX routes/users.ts:2:10"]);
    expect(project.scan.routes).toHaveLength(1);
    files.set("routes/users.ts", GET);
    project.update(["routes/users.ts"]);
    expect(faultsOf(project)).toEqual([]);
  });

  test("of what a layout imports is followed out of the folder of routes", async () => {
    const files = new Map([
      ["routes/_layout.tsx", 'import { menu } from "../src/menu.ts";\nexport default menu;\n'],
      ["src/menu.ts", "export const menu = 1;\n"],
    ]);
    const project = await openProject({ root: "/nowhere", disk: memoryDisk(files) });
    expect(faultsOf(project)).toEqual([]);
    files.set("src/menu.ts", 'import layout from "../routes/_layout.tsx";\nexport const menu = layout;\n');
    project.update(["src/menu.ts"]);
    expect(faultsOf(project)).toEqual(["OS_LAYOUT_CYCLE routes/_layout.tsx"]);
  });

  test("of tsconfig.json may change who renders pages", async () => {
    const files = new Map([["routes/page.tsx", "export default 1;\n"]]);
    const project = await openProject({ root: "/nowhere", disk: memoryDisk(files) });
    expect(project.outputs().get("routes.ts")).toContain('from "@openspeed/pages/preact"');
    files.set("tsconfig.json", '{ // comments, "and" commas\n "extends": "./tsconfig.base.json", }');
    files.set(
      "tsconfig.base.json",
      '{ "compilerOptions": { "jsx": "react-jsx", /* so */ "jsxImportSource": "react", }, }',
    );
    expect(project.update(["tsconfig.base.json"])).toEqual({ routesChanged: true, typesChanged: false });
    expect(project.outputs().get("routes.ts")).toContain('from "@openspeed/pages/react"');
  });

  const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom("put", "remove", "rewrite", "folder"), trees), {
    minLength: 1,
    maxLength: 6,
  });

  test("leaves the same as reading everything anew", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(trees, edits, async (tree, edits) => {
        const files = new Map(textsOf(tree));
        const disk = memoryDisk(files);
        const project = await openProject({ root: "/nowhere", disk });
        for (const [pick, kind, other] of edits) {
          const before = new Map(project.outputs());
          const changed = edit(files, pick, kind, textsOf(other));
          const { routesChanged, typesChanged } = project.update(changed);
          const fresh = await openProject({ root: "/nowhere", disk });
          expect([...project.outputs()]).toEqual([...fresh.outputs()]);
          expect(project.scan).toEqual(fresh.scan);
          const isOther = (path: string) => before.get(path) !== fresh.outputs().get(path);
          if (isOther("routes.ts")) expect(routesChanged).toBe(true);
          const paths = new Set([...before.keys(), ...fresh.outputs().keys()]);
          paths.delete("routes.ts");
          if ([...paths].some(isOther)) expect(typesChanged).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function textsOf(tree: Tree): [string, string][] {
  return [...tree].map(([file, exports]) => [`routes/${file}`, sourceOf(exports)]);
}

/** Changes files; gives the paths that a watcher would tell of. */
function edit(files: Map<string, string>, pick: number, kind: string, others: readonly [string, string][]): string[] {
  const [file = "routes/none.ts"] = [...files.keys()].slice(pick % Math.max(1, files.size));
  const [other] = others;
  if (kind === "remove") files.delete(file);
  else if (kind === "rewrite" && other !== undefined && files.has(file)) files.set(file, other[1]);
  else if (kind === "folder") {
    const folder = dirname(file);
    for (const each of files.keys()) if (each.startsWith(`${folder}/`)) files.delete(each);
    for (const [name, text] of others) if (name.startsWith(`${folder}/`)) files.set(name, text);
    return [folder];
  } else if (other !== undefined) {
    files.set(...other);
    return [other[0]];
  }
  return [file];
}

test("a file that may not be read is told of, with why", async () => {
  const disk: Disk = {
    ...memoryDisk(new Map([["routes/users.ts", GET]])),
    read() {
      throw Object.assign(new Error("EACCES: permission denied, open 'routes/users.ts'"), { code: "EACCES" });
    },
  };
  const { scan } = await openProject({ root: "/nowhere", disk });
  expect(scan.faults).toEqual([
    {
      code: "OS_ROUTE_UNREADABLE",
      message: "The file cannot be read: EACCES: permission denied, open 'routes/users.ts'.",
      where: "routes/users.ts",
      mend: "Make it readable, or take it away.",
    },
  ]);
});

test("a folder of routes that is not there is an error that names it", async () => {
  const root = await folderOf({ "package.json": "{}" });
  const error = await openProject({ root }).catch((thrown: unknown) => thrown);
  if (!(error instanceof CompileError)) return expect.fail("it should have been refused");
  expect(error.diagnostics.map(({ code, where }) => [code, where])).toEqual([["OS_ROUTES_UNREADABLE", "routes"]]);
  return undefined;
});

test("other folders may be named", async () => {
  const root = await folderOf({ "src/web/a/[b=c].ts": GET, "src/params/c.ts": "export default 1;\n" });
  const options = { root, routes: "./src/web/", matchers: "src/params", out: "src/generated/openspeed" };
  const project = await openProject(options);
  expect(faultsOf(project)).toEqual([]);
  expect(project.outputs().get("routes.ts")).toContain('import("../../../src/web/a/[b=c].ts")');
  const types = project.outputs().get("types/src/web/a/$types/[b=c].d.ts");
  expect(types).toContain('import("../../../../../../../../src/params/c.ts")');
  await project.write();
  expect(await project.stale()).toEqual([]);
});
