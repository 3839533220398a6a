import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { project, type TestProject } from "./project.ts";

function change(it: TestProject, from: string, to: string): void {
  const text = readFileSync(join(it.root, "src/app.ts"), "utf8");
  expect(text).toContain(from);
  it.write({ "src/app.ts": text.replace(from, to) });
}

async function committed(from: TestProject): Promise<void> {
  from.write({ ".gitignore": "node_modules" });
  await from.git("init", "-q", "-b", "main");
  await from.git("add", ".");
  await from.git("commit", "-qm", "first");
}

describe.concurrent("openspeed openapi", () => {
  test("prints the document as JSON or YAML, or writes it into a file", async () => {
    using shop = project("shop");
    const [json, yaml] = await Promise.all([
      shop.openspeed(["openapi", "--title", "Shop"]),
      shop.openspeed(["openapi", "--yaml", "--openapi", "3.2", "--api-version", "2.0.0"]),
      shop.openspeed(["openapi", "-o", "made/api.yaml"]),
    ]);
    expect(json).toMatchObject({ code: 0, err: "" });
    const document = JSON.parse(json.out);
    expect(document).toMatchObject({ openapi: "3.1.1", info: { title: "Shop" } });
    expect(Object.keys(document.paths)).toEqual(["/health", "/items", "/items/{id}"]);
    expect(yaml.out).toMatch(/^openapi: 3\.2\.0\ninfo:\n {2}title: API\n {2}version: 2\.0\.0\n/);
    expect(readFileSync(join(shop.root, "made/api.yaml"), "utf8")).toMatch(/^openapi: 3\.1\.1\n/);
  });

  test("says what the app's plugin says, and whose examples are wrong; so does check", async () => {
    using shop = project("shop");
    change(shop, "createApp();", 'createApp({ plugins: [openapi({ title: "The Shop", version: "3.0.0" })] });');
    change(shop, "import", 'import { openapi } from "@openspeed/openapi";\nimport');
    change(shop, "name: z.string() }", 'name: z.string().meta({ examples: ["Bell", 7] }) }');
    const { code, out, err } = await shop.openspeed(["openapi"]);
    expect(JSON.parse(out)).toMatchObject({ info: { title: "The Shop", version: "3.0.0" } });
    expect(code).toBe(1);
    expect(err).toContain("OS_OPENAPI_EXAMPLE");
    expect(err).toContain("7 is no example of its schema");
    expect((await shop.openspeed(["check"])).out).toContain("OS_OPENAPI_EXAMPLE");
  });

  test("without @openspeed/openapi it says how to get it", async () => {
    using shop = project("shop");
    rmSync(join(shop.root, "node_modules"));
    expect(await shop.openspeed(["openapi"])).toEqual({
      code: 3,
      out: "",
      err: `error package.json OS_OPENAPI_MISSING
  This project does not have @openspeed/openapi, which writes its document.
  Run npm install @openspeed/openapi.`,
    });
  });
});

describe.concurrent("openspeed openapi diff", () => {
  test("compares with a ref, says what breaks, and exits accordingly", async () => {
    using shop = project("shop");
    await committed(shop);
    expect(await shop.openspeed(["openapi", "diff", "main"])).toEqual({ code: 0, out: "Nothing differs.", err: "" });
    change(shop, 'summary: "All items"', 'summary: "Every item"');
    expect((await shop.openspeed(["openapi", "diff", "main"])).code).toBe(0);
    change(shop, 'app.get("/health"', 'app.get("/more", () => 1);\napp.get("/health"');
    expect((await shop.openspeed(["openapi", "diff", "main"])).code).toBe(1);
    change(shop, "name: z.string() }", "title: z.string() }");
    const [said, ...allowed] = await Promise.all([
      shop.openspeed(["openapi", "diff", "main"]),
      shop.openspeed(["openapi", "diff", "main", "--allow", "breaking"]),
      shop.openspeed(["openapi", "diff", "main", "--allow", "breaking", "additive"]),
    ]);
    expect(allowed.map(({ code }) => code)).toEqual([1, 0]);
    expect(said).toEqual({
      code: 2,
      err: "",
      out: `Breaking: 2 changes
  ! GET /items
      200 #/*/name: It is gone.
  ! GET /items/{id}
      200 #/name: It is gone.

Additive: 3 changes
  + GET /items
      200 #/*/title: It is new.
  + GET /items/{id}
      200 #/title: It is new.
  + GET /more
      It is new.

Documentation: 2 changes
  ~ document
      Its title, description, contact, license or tags changed.
  ~ GET /items
      Its summary, description, tags or deprecation changed.

2 breaking, 3 additive, 2 of documentation.`,
    });
  });

  test("compares files, JSON or YAML, and refuses what is none", async () => {
    using shop = project("shop");
    await shop.openspeed(["openapi", "-o", "before.yaml"]);
    change(shop, 'app.get("/health", ', 'app.post("/health", ');
    const [files, broken, missing] = await Promise.all([
      shop.openspeed(["openapi", "diff", "before.yaml", "--json"]),
      shop.openspeed(["openapi", "diff", "src/app.ts"]),
      shop.openspeed(["openapi", "diff", "old.json"]),
    ]);
    expect(files.code).toBe(2);
    expect(JSON.parse(files.out)).toEqual([
      { effect: "breaking", operation: "GET /health", place: "", message: "It is gone." },
      { effect: "additive", operation: "POST /health", place: "", message: "It is new." },
    ]);
    expect(broken).toMatchObject({ code: 3, err: expect.stringContaining("OS_OPENAPI_FILE") });
    expect(missing).toMatchObject({ code: 3, err: expect.stringContaining("There is no such file.") });
  });
});
