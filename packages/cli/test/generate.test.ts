import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "./project.ts";

const spec = (summary: string): string =>
  JSON.stringify({
    openapi: "3.0.3",
    info: { title: "Users", version: "1" },
    paths: { "/users": { get: { summary, responses: { 204: { description: "Done" } } } } },
  });

test("generate writes what is asked for, merges, and ends with 1 where somebody has to choose", async () => {
  using made = project({ "spec.json": spec("All users"), "package.json": '{ "type": "module" }' });
  const client = await made.openspeed(["generate", "spec.json", "--to", "src/api"]);
  expect(client).toMatchObject({ code: 0, err: "" });
  expect(client.out).toContain("wrote src/api/client.ts");
  expect(client.out).toContain("1 operation, 0 schemas");

  await made.openspeed(["generate", "spec.json", "--kind", "server"]);
  const file = join(made.root, "routes/users.ts");
  const stub = readFileSync(file, "utf8");
  made.write({ "routes/users.ts": stub.replace('"All users"', '"Mine"'), "spec.json": spec("Everybody") });
  const again = await made.openspeed(["generate", "spec.json", "-k", "server"]);
  expect(again.code).toBe(1);
  expect(again.err).toContain("conflict routes/users.ts");
  expect(readFileSync(file, "utf8")).toContain("<<<<<<< yours");
});

test("generate says what is wrong with a document, and where", async () => {
  using made = project({ "spec.yaml": "openapi: 3.1.0\npaths:\n  users: {}\n", "package.json": "{}" });
  const said = await made.openspeed(["generate", "spec.yaml"]);
  expect(said.code).toBe(3);
  expect(said.err).toContain("OS_SPEC_BROKEN");
  expect(said.err).toContain("spec.yaml:3");
});

test("generate names the package that a project does not have", async () => {
  using made = project({ "package.json": "{}", "spec.json": spec("All") });
  rmSync(join(made.root, "node_modules"));
  const said = await made.openspeed(["generate", "spec.json"]);
  expect(said.code).toBe(3);
  expect(said.err).toContain("npm install --save-dev @openspeed/generate");
});
