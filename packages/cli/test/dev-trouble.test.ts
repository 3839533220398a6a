import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { apiProject, hello } from "./dev-project.ts";
import { running } from "./dev-server.ts";

const pool = (first: string): string => `import { provide } from "@openspeed/core";
export const pool = provide("pool", { scope: "app" }, () => {
  ${first}
  return { name: "first" };
});
`;

test("a value of the app's that cannot be created when it first starts is trouble, and is waited for", async () => {
  using app = apiProject({ "src/pool.ts": pool('throw new Error("DB_URL is not set");') });
  await using dev = await running(app.root, ["dev"]);
  expect(dev.said()).toMatch(/^waiting http/m);
  expect(dev.said()).toMatch(/error src\/pool\.ts:3:\d+ .*\n.*DB_URL is not set/);
  expect(dev.said()).not.toMatch(/^ready|^ +at /m);
  const page = await dev.text("/hello", { headers: { accept: "text/html" } });
  expect(page).toContain("DB_URL is not set");

  const mended = dev.says(/^ready http/m);
  app.write({ "src/pool.ts": pool("") });
  await mended;
  expect(await dev.text("/hello")).toBe("v0 of first");
});

test("what is generated is made again when somebody removes or changes it", async () => {
  using app = apiProject();
  await using dev = await running(app.root, ["dev"]);
  const file = join(app.root, ".openspeed/routes.ts");
  const read = (): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const before = read();
  // The server may write while the folder is being removed.
  const remove = (): void => rmSync(join(app.root, ".openspeed"), { recursive: true, maxRetries: 10 });
  expect(before).toContain("routes/hello.ts");
  remove();
  await expect.poll(read, { timeout: 3000 }).toBe(before);
  app.write({ ".openspeed/routes.ts": "export default [];\n" });
  await expect.poll(read, { timeout: 3000 }).toBe(before);
  remove();
  await expect.poll(read, { timeout: 3000 }).toBe(before);
  app.write({ "routes/hello.ts": hello(1) });
  expect(await dev.text("/hello")).toBe("v1 of first");
  expect(await dev.text("/hello")).toBe("v1 of first");
});
