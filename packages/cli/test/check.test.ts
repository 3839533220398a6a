import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generatedProject, project } from "./project.ts";

const fine = { code: 0, err: "", out: "3 routes, nothing wrong." };

describe.concurrent("openspeed check", () => {
  test("finds what is stale, writes it with --fix, and is then content", async () => {
    using files = generatedProject();
    const stale = await files.openspeed(["check"]);
    expect(stale.code).toBe(1);
    expect(stale.out).toContain(`error .openspeed/api.d.ts OS_STALE
  It and 2 other files are generated, and not from the routes as they are now.
  Run openspeed check --fix (openspeed dev keeps them fresh), and commit what it writes.`);
    expect(stale.out).toContain("\n\n1 finding.");

    expect(await files.openspeed(["check", "--fix"])).toEqual({
      code: 0,
      err: "",
      out: `wrote .openspeed/api.d.ts
wrote .openspeed/routes.ts
wrote .openspeed/types/routes/tickets/$types/[id=int].d.ts

3 routes, nothing wrong.`,
    });
    expect(await files.openspeed(["check"])).toEqual(fine);

    files.write({
      "routes/about.ts": 'import { route } from "@openspeed/core";\nexport const GET = route(() => "about");',
    });
    const again = await files.openspeed(["check", "--json"]);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.out)).toMatchObject({ findings: [{ code: "OS_STALE", where: ".openspeed/api.d.ts" }] });
  });

  test("shows what each route inherits, and from where", async () => {
    using files = generatedProject();
    await files.openspeed(["check", "--fix"]);
    const [shown, json] = await Promise.all([
      files.openspeed(["check", "--inherited"]),
      files.openspeed(["check", "--inherited", "--json"]),
    ]);
    expect(shown).toEqual({
      code: 0,
      err: "",
      out: `GET /  routes/index.ts
    routes/_use.ts  policy public, log
DELETE /tickets/:id  routes/tickets/[id=int].ts
    routes/_use.ts          policy public, log
    routes/tickets/_use.ts  user (policy signed-in)
GET /tickets/:id  routes/tickets/[id=int].ts
    routes/_use.ts          policy public, log
    routes/tickets/_use.ts  user (policy signed-in)

3 routes, nothing wrong.`,
    });
    expect(JSON.parse(json.out)).toMatchObject({
      routes: 3,
      inherited: [{ key: "GET /", from: [{ file: "routes/_use.ts", items: ["policy public", "log"] }] }, {}, {}],
    });
  });

  test("finds a route that does not say who may call it, strict or not, with its line", async () => {
    using shop = project("shop");
    const [shown, json] = await Promise.all([shop.openspeed(["check"]), shop.openspeed(["check", "--json"])]);
    expect(shown).toEqual({
      code: 1,
      err: "",
      out: `error src/app.ts:14:5 OS_UNPOLICED_ROUTE
  GET /health does not say who may call it.
  Add publicAccess() or a guard to its \`use\`, or to that of its group or folder.

    13 |
  > 14 | app.get("/health", () => "ok");
       |     ^
    15 | app.get("/items", { summary: "All items", use: [publicAccess(), db], output: z.array(Item) }, ({ db }) => [

1 finding.`,
    });
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      routes: 4,
      findings: [{ code: "OS_UNPOLICED_ROUTE", file: "src/app.ts", line: 14, column: 5 }],
    });
  });

  test("finds the faults of files and of the app together, each once", async () => {
    using files = generatedProject();
    await files.openspeed(["check", "--fix"]);
    files.write({
      "routes/bad.ts": "export const get = 1;\n",
      "routes/tickets/[id].ts": 'import { route } from "@openspeed/core";\nexport const PUT = route(() => missing);\n',
      "routes/tickets/[name].ts": 'import { route } from "@openspeed/core";\nexport const PUT = route(() => 1);\n',
    });
    const { code, out } = await files.openspeed(["check", "--fix", "--json"]);
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as { findings: { code: string; where: string; file?: string }[] };
    expect(findings.map(({ code, file }) => `${code} ${file}`)).toContain("OS_ROUTE_EXPORT routes/bad.ts");
    expect(findings.map(({ code }) => code)).toContain("OS_SHADOWED_PATH");
    expect(new Set(findings.map((each) => JSON.stringify(each))).size).toBe(findings.length);
  });

  test("finds that the folder of routes is gone", async () => {
    using files = generatedProject();
    await files.openspeed(["check", "--fix"]);
    files.write({ "openspeed.config.ts": 'export default { routes: "pages" };' });
    const { code, out } = await files.openspeed(["check"]);
    expect(code).toBe(1);
    expect(out).toContain("error pages OS_ROUTES_UNREADABLE\n  The app's routes are generated from this folder");
  });

  test("a file with a fault takes no routes out of what is checked in", async () => {
    using files = generatedProject();
    await files.openspeed(["check", "--fix"]);
    const before = readFileSync(join(files.root, ".openspeed/routes.ts"), "utf8");
    files.write({
      "routes/index.ts": "export const GET = ;\n",
      "routes/tickets/[id=int].ts": "export const get = 1;\n",
    });
    const { code, out } = await files.openspeed(["check", "--fix", "--json"]);
    expect(code).toBe(1);
    const { findings, written } = JSON.parse(out) as { findings: { code: string }[]; written: string[] };
    expect(written).toEqual([]);
    expect(findings.map((each) => each.code)).not.toContain("OS_STALE");
    expect(findings.map((each) => each.code)).toContain("OS_ROUTE_SYNTAX");
    expect(readFileSync(join(files.root, ".openspeed/routes.ts"), "utf8")).toBe(before);
    expect(await files.openspeed(["new", "route", "/more"])).toMatchObject({ code: 0 });
    expect(readFileSync(join(files.root, ".openspeed/routes.ts"), "utf8")).toBe(before);
  });

  test("an item that nothing can use is shown once, in the _use file that has it", async () => {
    using files = generatedProject();
    const use = readFileSync(join(files.root, "routes/tickets/_use.ts"), "utf8");
    files.write({
      "src/guards.js": "export const admin = undefined;\n",
      "routes/tickets/_use.ts": `import { admin } from "../../src/guards.js";\n${use.replace("export default [", "export default [admin, ")}`,
    });
    await files.openspeed(["check", "--fix"]);
    const [check, routes] = await Promise.all([files.openspeed(["check", "--json"]), files.openspeed(["routes"])]);
    expect(JSON.parse(check.out)).toMatchObject({
      findings: [
        {
          code: "OS_UNUSABLE_ITEM",
          file: "routes/tickets/_use.ts",
          message: "Item 1 of its list is one that nothing can use: undefined.",
        },
      ],
    });
    expect(routes.code).toBe(3);
    expect(routes.err).toMatch(/^error routes\/tickets\/_use\.ts:\d+ OS_UNUSABLE_ITEM/);

    files.write({
      "routes/tickets/_use.ts": use,
      "routes/index.ts": `import { route } from "@openspeed/core";
import { admin } from "../src/guards.js";
export const GET = route({ use: [admin] }, () => "home");
`,
    });
    const own = await files.openspeed(["routes"]);
    expect(own.err).toMatch(/^error routes\/index\.ts OS_UNUSABLE_ITEM/);
  });

  test("a _use file that throws is named", async () => {
    using files = generatedProject();
    await files.openspeed(["check", "--fix"]);
    const use = readFileSync(join(files.root, "routes/tickets/_use.ts"), "utf8");
    files.write({ "routes/tickets/_use.ts": `${use}\nthrow new Error("Not here.");\n` });
    const { code, out } = await files.openspeed(["check"]);
    expect(code).toBe(1);
    expect(out).toContain("error routes/tickets/_use.ts:5:7 OS_APP_UNREADABLE\n  The app cannot be loaded: Not here.");
  });

  test("a route file that throws is named, though it is loaded lazily", async () => {
    using files = generatedProject();
    await files.openspeed(["check", "--fix"]);
    files.write({
      "routes/index.ts": `import { route } from "@openspeed/core";
export const GET = route(() => "home");
throw new Error("Not here.");`,
    });
    const { code, out } = await files.openspeed(["check"]);
    expect(code).toBe(1);
    expect(out).toContain("error routes/index.ts:3:7 OS_APP_UNREADABLE\n  The app cannot be loaded: Not here.");
  });
});
