import { describe, expect, test } from "vitest";
import { project } from "./project.ts";

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
