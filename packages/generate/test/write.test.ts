import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { generate, type Generation } from "../src/index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "openspeed-generate-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const STUB = "({ fail }) => fail.notImplemented()";
const BODY = "({ params }) => ({ name: params.id })";
const file = "routes/users/[id].ts";

function spec(more: object = {}, summary = "One user"): object {
  const name = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
  const answer = { description: "It", content: { "application/json": { schema: name } } };
  const parameters = [{ name: "id", in: "path", required: true, schema: { type: "string" } }];
  const get = { summary, parameters, responses: { "200": answer } };
  return { openapi: "3.1.0", info: { title: "Users", version: "1" }, paths: { "/users/{id}": { get }, ...more } };
}

async function make(document: object, kind = "server"): Promise<Generation> {
  await writeFile(join(folder, "spec.json"), JSON.stringify(document));
  return generate({ spec: "spec.json", kind, to: ".", cwd: folder });
}

function read(path: string): Promise<string> {
  return readFile(join(folder, path), "utf8");
}

async function edit(path: string, from: string, to: string): Promise<void> {
  const before = await read(path);
  expect(before).toContain(from);
  await writeFile(join(folder, path), before.replace(from, to));
}

function step(generation: Generation, path: string): string | undefined {
  return generation.steps.find((each) => each.path === path)?.what;
}

describe("routes that are made again", () => {
  test("keep what was written by hand, and take what the document changed", async () => {
    expect(step(await make(spec()), file)).toBe("write");
    await edit(file, STUB, BODY);
    expect(step(await make(spec()), file)).toBe("same");

    expect(step(await make(spec({}, "A user by its id")), file)).toBe("merge");
    const text = await read(file);
    expect(text).toContain(BODY);
    expect(text).toContain('summary: "A user by its id"');
    expect(text).not.toContain("<<<<<<<");
  });

  test("show both sides where both changed the same lines, and wait until somebody chose", async () => {
    await make(spec());
    await edit(file, 'summary: "One user"', 'summary: "Mine"');
    expect(step(await make(spec({}, "Theirs")), file)).toBe("conflict");
    const text = await read(file);
    expect(text).toMatch(/<<<<<<< yours\n.*"Mine"[^]*"Theirs".*\n>>>>>>> generated now/);
    expect(step(await make(spec({}, "Later")), file)).toBe("undecided");
    expect(await read(file)).toBe(text);

    await writeFile(join(folder, file), text.replace(/<<<<<<< yours\n(.*\n)[^]*?>>>>>>> generated now\n/, "$1"));
    expect(step(await make(spec({}, "Theirs")), file)).toBe("same");
    expect(await read(file)).toContain('"Mine"');
  });

  test("go with their path, unless somebody wrote in them", async () => {
    const get = { get: { responses: { "204": { description: "Done" } } } };
    await make(spec({ "/a": get, "/b": get }));
    await edit("routes/b.ts", STUB, "() => undefined");
    const generation = await make(spec());
    expect(step(generation, "routes/a.ts")).toBe("remove");
    expect(step(generation, "routes/b.ts")).toBe("left");
    expect(await read("routes/b.ts")).toContain("() => undefined");
    await expect(read("routes/a.ts")).rejects.toThrow("ENOENT");
  });
});

test("what was not generated is not overwritten, and then nothing is written", async () => {
  await writeFile(join(folder, "api.ts"), "export const mine = 1;\n");
  await expect(make(spec(), "client")).rejects.toThrow("OS_GENERATE_FOREIGN api.ts");
  await expect(read("client.ts")).rejects.toThrow("ENOENT");
});

test("the same document gives the same files", async () => {
  await make(spec(), "client");
  const again = await make(spec(), "client");
  expect(again.steps.map(({ what }) => what)).toEqual(["same", "same", "same", "same"]);
});

test("a generator of one's own", async () => {
  await writeFile(join(folder, "spec.json"), JSON.stringify(spec()));
  const list = {
    name: "list",
    description: "the keys",
    generate: (model: { readonly operations: readonly { readonly key: string }[] }) => [
      { path: "keys.txt", text: model.operations.map(({ key }) => `${key}\n`).join("") },
    ],
  };
  await generate({ spec: "spec.json", kind: "list", cwd: folder, generators: [list] });
  expect(await read("generated/list/keys.txt")).toBe("GET /users/:id\n");
  await expect(generate({ spec: "spec.json", kind: "cobol", cwd: folder })).rejects.toThrow(
    "Choose one of client, server, zod",
  );
});
