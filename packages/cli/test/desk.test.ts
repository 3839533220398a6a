import { cpSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { GraphDiff, RouteName } from "../src/graph/diff.ts";
import { projectAt, type TestProject } from "./project.ts";

const workspace = fileURLToPath(new URL("../../../", import.meta.url));
const showcase = join(workspace, "apps/showcase");

/** Desk in a repository of its own, at the same place below its root. */
function desk(): TestProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "openspeed-desk-")));
  const left = /(?:^|[\\/])(?:node_modules|test|dist|\.data|\.checked|\.turbo)(?:[\\/]|$)/;
  const options = { recursive: true, filter: (from: string) => !left.test(relative(workspace, from)) };
  const place = join(root, "apps/showcase");
  cpSync(showcase, place, options);
  cpSync(join(workspace, "tsconfig.base.json"), join(root, "tsconfig.base.json"));
  cpSync(join(workspace, "tooling/tsconfig"), join(root, "tooling/tsconfig"), options);
  // The packages that it refers to stay behind; they come in through node_modules.
  const { references: _packages, ...tsconfig } = JSON.parse(readFileSync(join(showcase, "tsconfig.json"), "utf8")) as {
    readonly references?: unknown;
  };
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify(tsconfig));
  symlinkSync(join(showcase, "node_modules"), join(place, "node_modules"), "junction");
  return projectAt(place, root);
}

async function committed(copy: TestProject): Promise<void> {
  copy.write({ ".gitignore": "node_modules" });
  await copy.git("init", "-q", "-b", "main", "../..");
  await copy.git("add", "../..");
  await copy.git("commit", "-qm", "Desk");
}

const guard = `import { problem, provide } from "@openspeed/core";

const signedIn = provide("signedIn", { problems: { unauthenticated: problem(401, "Sign in") } }, ({ header, fail }) =>
  header("authorization") ?? fail.unauthenticated(),
);
`;

test(
  "a guard taken out of Desk's _use.ts is newly unprotected, on every route below it",
  { timeout: 60_000 },
  async () => {
    using copy = desk();
    const open = readFileSync(join(copy.root, "routes/api/_use.ts"), "utf8");
    const guarded = guard + open.replace("export default [", "export default [signedIn, ");
    expect(guarded).toContain("[signedIn, ");
    copy.write({ "routes/api/_use.ts": guarded });
    await committed(copy);
    expect(await copy.openspeed(["graph", "diff", "main"])).toEqual({ code: 0, out: "Nothing differs.", err: "" });

    copy.write({ "routes/api/_use.ts": open });
    const [shown, json, routes] = await Promise.all([
      copy.openspeed(["graph", "diff", "main"]),
      copy.openspeed(["graph", "diff", "main", "--json"]),
      copy.openspeed(["routes", "--json"]),
    ]);
    expect({ shown: shown.code, json: json.code }).toEqual({ shown: 2, json: 2 });
    expect(shown.out).toContain("  ! GET /api/tickets/:id  routes/api/tickets/[id]/index.ts");
    expect(shown.out).toContain("      lost problem unauthenticated (401)");

    const { unprotected, added, removed } = JSON.parse(json.out) as GraphDiff;
    const keys = (JSON.parse(routes.out) as RouteName[])
      .filter(({ source }) => source?.startsWith("routes/api/"))
      .map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(5);
    expect({ added, removed }).toEqual({ added: [], removed: [] });
    expect(unprotected.map(({ key }) => key)).toEqual(keys);
    expect(unprotected.every(({ lost }) => lost.includes("problem unauthenticated (401)"))).toBe(true);
  },
);

test(
  "a policy taken out of Desk's _use.ts is newly unprotected, though strict mode would not start what is left",
  { timeout: 60_000 },
  async () => {
    using copy = desk();
    const file = join(copy.root, "routes/api/_use.ts");
    const open = readFileSync(file, "utf8");
    await committed(copy);
    copy.write({ "routes/api/_use.ts": open.replace("publicAccess(), ", "") });
    expect(readFileSync(file, "utf8")).not.toBe(open);

    const [diff, check, routes] = await Promise.all([
      copy.openspeed(["graph", "diff", "main", "--json"]),
      copy.openspeed(["check", "--json"]),
      copy.openspeed(["routes", "--unpoliced", "--json"]),
    ]);
    expect({ diff: diff.code, check: check.code, routes: routes.code }).toEqual({ diff: 2, check: 1, routes: 0 });
    const keys = (JSON.parse(routes.out) as RouteName[]).map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(5);
    const { unprotected } = JSON.parse(diff.out) as GraphDiff;
    expect(unprotected.map(({ key }) => key)).toEqual(keys);
    expect(unprotected.every(({ lost }) => lost.includes("policy public"))).toBe(true);
    const { findings } = JSON.parse(check.out) as { readonly findings: readonly { readonly code: string }[] };
    expect(findings.map(({ code }) => code)).toEqual(keys.map(() => "OS_UNPOLICED_ROUTE"));
  },
);
