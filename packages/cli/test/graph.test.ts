import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { project } from "./project.ts";

describe.concurrent("openspeed graph", () => {
  test("tells what an app is made of", async () => {
    using shop = project("shop");
    const { code, out, err } = await shop.openspeed(["graph"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("4 routes: 1 DELETE, 3 GET\n\nPolicies\n");
    expect(out).toContain("  public       2 routes\n  role(admin)  1 route\n");
    expect(out).toContain("Providers\n  db    app      3 routes\n  user  request  1 route   needs db\n");
    expect(out).toContain("  401 unauthorized  ");
  });

  test("gives the whole as JSON, the same to stdout and into a file", async () => {
    using shop = project("shop");
    const [printed, written] = await Promise.all([
      shop.openspeed(["graph", "--json"]),
      shop.openspeed(["graph", "-o", "out/graph.json"]),
    ]);
    expect(written).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(join(shop.root, "out/graph.json"), "utf8").trimEnd()).toBe(printed.out);
    const graph = JSON.parse(printed.out) as { version: number; routes: { key: string; source?: string }[] };
    expect(graph.version).toBe(1);
    expect(graph.routes.map(({ key }) => key)).toEqual([
      "GET /health",
      "GET /items",
      "DELETE /items/:id",
      "GET /items/:id",
    ]);
    expect(graph.routes.some(({ source }) => source !== undefined)).toBe(false);
  });

  test("a file that cannot be written is named", async () => {
    using shop = project("shop");
    const { code, err } = await shop.openspeed(["graph", "-o", "src"]);
    expect(code).toBe(3);
    expect(err).toMatch(/^error src OS_OUTPUT\n {2}It cannot be written: EISDIR/);
  });
});
