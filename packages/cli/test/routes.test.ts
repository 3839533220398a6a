import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generatedProject, project } from "./project.ts";

describe.concurrent("openspeed routes", () => {
  test("is a table of what the app compiled to", async () => {
    using shop = project("shop");
    expect(await shop.openspeed(["routes"])).toEqual({
      code: 0,
      err: "",
      out: `METHOD  PATH        POLICY       USES      FILE
GET     /health     none                   src/app.ts:14:5
GET     /items      public       db        src/app.ts:15:5
DELETE  /items/:id  role(admin)  db, user  src/app.ts:18:5
GET     /items/:id  public       db        src/app.ts:18:5

4 routes, 1 without a policy.`,
    });
  });

  test.each<[filter: readonly string[], keys: readonly string[]]>([
    [["--method", "delete"], ["DELETE /items/:id"]],
    [
      ["--path", "items"],
      ["GET /items", "DELETE /items/:id", "GET /items/:id"],
    ],
    [
      ["--path", "/items/*"],
      ["DELETE /items/:id", "GET /items/:id"],
    ],
    [["--policy", "role"], ["DELETE /items/:id"]],
    [["--uses", "user"], ["DELETE /items/:id"]],
    [["--unpoliced"], ["GET /health"]],
    [
      ["--method", "GET", "--uses", "db"],
      ["GET /items", "GET /items/:id"],
    ],
    [["--uses", "nobody"], []],
  ])("%j picks %j", async (filter, keys) => {
    using shop = project("shop");
    const { code, out, err } = await shop.openspeed(["routes", "--json", ...filter]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect((JSON.parse(out) as { key: string }[]).map(({ key }) => key)).toEqual(keys);
  });

  test("is what the folder has now, whatever was generated before", async () => {
    using files = generatedProject();
    const keys = async (): Promise<readonly string[]> =>
      (JSON.parse((await files.openspeed(["routes", "--json"])).out) as { key: string }[]).map(({ key }) => key);
    expect(await keys()).toEqual(["GET /", "DELETE /tickets/:id", "GET /tickets/:id"]);
    await files.openspeed(["check", "--fix"]);
    for (const gone of ["routes/index.ts", "routes/tickets/_use.ts"]) rmSync(join(files.root, gone));
    expect(await keys()).toEqual(["DELETE /tickets/:id", "GET /tickets/:id"]);
    expect((await files.openspeed(["check"])).out).toMatch(/^error \.openspeed\/\S+ OS_STALE[^]*\n\n1 finding\.$/);
  });

  test("is refused where a file has a fault, for its routes are not known", async () => {
    using files = generatedProject();
    files.write({ "routes/index.ts": "export const GET = ;\n" });
    const { code, out, err } = await files.openspeed(["routes"]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain("error routes/index.ts:1:20 OS_ROUTE_SYNTAX");
  });

  test("shows what a strict app would not start with", async () => {
    using strict = project({
      "src/app.ts": `import { createApp } from "@openspeed/core";
export const app = createApp({ strict: true });
app.get("/open", () => 1);
`,
    });
    const { code, out } = await strict.openspeed(["routes", "--unpoliced"]);
    expect(code).toBe(0);
    expect(out).toContain("GET     /open  none          src/app.ts:3:5");
  });

  test("says how many it left out, and shows no empty table", async () => {
    using shop = project("shop");
    const [some, none] = await Promise.all([
      shop.openspeed(["routes", "--method", "DELETE"]),
      shop.openspeed(["routes", "--policy", "none"]),
    ]);
    expect(some.out).toContain("\n\n1 of 4 routes.");
    expect(none.out).toBe("0 of 4 routes.");
  });

  test("reads the project that --cwd names, before or after the command", async () => {
    using outside = project({});
    using shop = project("shop");
    const [before, after, here] = await Promise.all([
      outside.openspeed(["--cwd", shop.root, "routes"]),
      outside.openspeed(["routes", "-C", shop.root]),
      shop.openspeed(["routes"]),
    ]);
    expect(before).toEqual(here);
    expect(after).toEqual(here);
  });
});
