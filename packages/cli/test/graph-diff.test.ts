import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { project, type TestProject } from "./project.ts";

async function committed(from: TestProject): Promise<void> {
  from.write({ ".gitignore": "node_modules" });
  await from.git("init", "-q", "-b", "main");
  await from.git("add", ".");
  await from.git("commit", "-qm", "first");
  await from.git("tag", "v1.0.0");
}

function change(it: TestProject, from: string, to: string): void {
  const text = readFileSync(join(it.root, "src/app.ts"), "utf8");
  expect(text).toContain(from);
  it.write({ "src/app.ts": text.replace(from, to) });
}

const guard = 'use: [policy({ kind: "role", role: "admin" }), user, db]';

describe.concurrent("openspeed graph diff", () => {
  test("compares the files as they are with a ref, and leaves the repository as it was", async () => {
    using shop = project("shop");
    await committed(shop);
    expect(await shop.openspeed(["graph", "diff", "v1.0.0"])).toEqual({ code: 0, out: "Nothing differs.", err: "" });

    change(shop, guard, "use: [publicAccess(), db]");
    change(shop, 'app.get("/health"', 'app.get("/healthy", { use: [publicAccess()] }, () => "ok");\napp.get("/health"');
    const before = await shop.git("status", "--porcelain");
    expect(await shop.openspeed(["graph", "diff", "main"])).toEqual({
      code: 2,
      err: "",
      out: `Newly unprotected: 1 route
  ! DELETE /items/:id
      lost policy role, problem unauthorized (401)

Changed: 1 route
  ~ DELETE /items/:id
      problems: - unauthorized (401)
      uses: - user
      policies: + public, - role(admin)

Added: 1 route
  + GET /healthy

1 added, 0 removed, 1 changed, 1 newly unprotected.`,
    });
    expect(await shop.git("status", "--porcelain")).toBe(before);
    expect(existsSync(join(shop.root, ".git/index.lock"))).toBe(false);
  });

  test("its exit code says what was found, and --allow what does not count", async () => {
    using shop = project("shop");
    await committed(shop);
    const code = async (...args: readonly string[]): Promise<number> =>
      (await shop.openspeed(["graph", "diff", "v1.0.0", ...args])).code;

    change(shop, 'app.get("/health"', 'app.get("/more", { use: [publicAccess()] }, () => 1);\napp.get("/health"');
    expect(await code()).toBe(0);
    change(shop, 'app.get("/health", ', 'app.get("/health", { deprecated: true }, ');
    expect(await Promise.all([code(), code("--allow", "changes"), code("--allow", "unprotected")])).toEqual([1, 0, 1]);
    change(shop, guard, "use: [db]");
    const allowed = [[], ["changes"], ["unprotected"], ["unprotected", "changes"]];
    const codes = allowed.map((kinds) => (kinds.length === 0 ? code() : code("--allow", ...kinds)));
    expect(await Promise.all(codes)).toEqual([2, 2, 1, 0]);
  });

  test("compares two files, two refs, and either with the other", async () => {
    using shop = project("shop");
    await committed(shop);
    await shop.openspeed(["graph", "-o", "before.json"]);
    change(shop, guard, "use: [publicAccess(), db]");
    await shop.openspeed(["graph", "-o", "after.json"]);
    await shop.git("commit", "-qam", "second");
    const [files, refs, mixed] = await Promise.all([
      shop.openspeed(["graph", "diff", "before.json", "after.json", "--json"]),
      shop.openspeed(["graph", "diff", "main~1", "main", "--json"]),
      shop.openspeed(["graph", "diff", "v1.0.0", "after.json", "--json"]),
    ]);
    expect(files.code).toBe(2);
    expect(JSON.parse(files.out)).toMatchObject({
      unprotected: [{ key: "DELETE /items/:id", new: false, lost: ["policy role", "problem unauthorized (401)"] }],
    });
    expect(refs).toEqual(files);
    expect(mixed).toEqual(files);
  });

  test("finds the project below the repository's root, with the modules of every folder above", async () => {
    using repository = project({});
    using shop = project("shop");
    repository.write({ "apps/shop/src/app.ts": readFileSync(join(shop.root, "src/app.ts"), "utf8") });
    await committed(repository);
    repository.write({ "apps/shop/src/app.ts": 'export { app } from "./shop.ts";' });
    repository.write({ "apps/shop/src/shop.ts": readFileSync(join(shop.root, "src/app.ts"), "utf8") });
    const answer = await repository.openspeed(["--cwd", "apps/shop", "graph", "diff", "HEAD"]);
    expect(answer).toEqual({ code: 0, out: "Nothing differs.", err: "" });
  });

  test("an app that did not load at a ref is named with the ref", async () => {
    using shop = project("shop");
    const good = readFileSync(join(shop.root, "src/app.ts"), "utf8");
    shop.write({ "src/app.ts": 'throw new Error("Not yet.");' });
    await committed(shop);
    shop.write({ "src/app.ts": good });
    shop.write({ "temporary/.gitignore": "*" });
    const temporary = join(shop.root, "temporary");
    expect(await shop.openspeed(["graph", "diff", "main"], { TMPDIR: temporary, TEMP: temporary })).toEqual({
      code: 3,
      out: "",
      err: `error main:src/app.ts:1:7 OS_APP_UNREADABLE
  The app cannot be loaded: Not yet.
  Mend the line that is named.`,
    });
    expect(readdirSync(temporary).filter((name) => name.startsWith("openspeed-"))).toEqual([]);
  });

  test.each<[name: string, args: readonly string[], code: string]>([
    [
      "a ref that is not there",
      ["v1.0.1"],
      "v1.0.1 OS_UNKNOWN_REF\n  There is neither a file nor a commit, branch or tag of this name. Did you mean v1.0.0?",
    ],
    ["what looks like an option to git", ["--", "--all"], "--all OS_UNKNOWN_REF"],
    ["a file that is not there", ["old.json"], "old.json OS_GRAPH_FILE\n  There is no such file."],
    ["a file that is no graph", ["package.json"], "package.json OS_GRAPH_FILE\n  It holds no graph"],
    ["a file that is no JSON", ["src/app.ts"], "src/app.ts OS_GRAPH_FILE\n  It holds no graph"],
  ])("refuses %s", async (_, args, says) => {
    using shop = project("shop");
    shop.write({ "package.json": "{}" });
    await committed(shop);
    const { code, out, err } = await shop.openspeed(["graph", "diff", ...args]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain(`error ${says}`);
  });

  test("refuses a ref where there is no repository, and where there is no git", async () => {
    using shop = project("shop");
    const [outside, without] = await Promise.all([
      shop.openspeed(["graph", "diff", "main"], { GIT_CEILING_DIRECTORIES: tmpdir() }),
      shop.openspeed(["graph", "diff", "main"], { PATH: shop.root }),
    ]);
    expect(outside.code).toBe(3);
    expect(outside.err).toContain("error <root> OS_NO_REPOSITORY");
    expect(without.code).toBe(3);
    expect(without.err).toContain("error main OS_NO_GIT");
  });
});
