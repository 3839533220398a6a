import { execFile, execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve, type Server } from "@openspeed/adapter-node";
import { createApp, form, graph, problem } from "@openspeed/core";
import { documentOf } from "@openspeed/openapi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { generate } from "../src/index.ts";
import { check, emptyFolder } from "./proof/prove.ts";

const User = z.object({ id: z.int(), name: z.string(), "e-mail": z.string().nullable() }).meta({ id: "User" });

/** One app, its own document, and the same calls from every language. */
const app = createApp({ mode: "test" })
  .get(
    "/users/:id",
    {
      params: z.object({ id: z.int() }),
      query: z.object({ tag: z.array(z.string()).optional() }),
      output: User,
      problems: { gone: problem(410, "Gone", z.object({ since: z.string() })) },
    },
    ({ params, query, fail }) =>
      params.id === 0
        ? fail.gone({ since: "2020" })
        : { id: params.id, name: query.tag?.join("+") ?? "Ada", "e-mail": null },
  )
  .post("/users", { body: z.object({ name: z.string() }), output: { 201: User } }, ({ body }) => ({
    id: 2,
    name: body.name,
    "e-mail": "a@b.c",
  }))
  .post(
    "/form",
    { body: form(z.object({ a: z.string(), b: z.int() })), output: z.string() },
    ({ body }) => `${body.a}${body.b + 1}`,
  );

let server: Server;
let folder = "";
let spec = "";
beforeAll(async () => {
  folder = await emptyFolder("languages");
  server = await serve(app, { port: 0, signals: false });
  spec = join(folder, "openapi.json");
  const document = documentOf(await graph(app), { title: "Users", servers: [{ url: server.url }] });
  await writeFile(spec, JSON.stringify(document));
});
afterAll(() => server.close());

function has(command: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd });
  return stdout.trim();
}

describe("clients of an app, made from its document", () => {
  test.skipIf(!has("python3", "--version"))("Python", async () => {
    await generate({ spec, kind: "python", to: join(folder, "py/users") });
    const program = `
from users import Client, Problem
api = Client()
print(api.get_users_by_id(id=7, tag=["a b", "c"]))
print(api.post_users(body={"name": "Åsa"})["name"])
print(api.post_form(body={"a": "x&", "b": 1}))
try:
    api.get_users_by_id(id=0)
except Problem as problem:
    print(problem.status, problem.data["name"], problem.data["data"])
`;
    expect((await run("python3", ["-c", program], join(folder, "py"))).split("\n")).toEqual([
      "{'id': 7, 'name': 'a b+c', 'e-mail': None}",
      "Åsa",
      "x&2",
      "410 gone {'since': '2020'}",
    ]);
  });

  test.skipIf(!has("php", "--version"))("PHP", async () => {
    await generate({ spec, kind: "php", to: join(folder, "php") });
    const program = `
foreach (['Models', 'Problem', 'Client'] as $file) require "./$file.php";
$api = new Api\\Client();
echo json_encode($api->getUsersById(id: 7, tag: ['a b', 'c'])), "\\n";
echo $api->postUsers(body: ['name' => 'Åsa'])['name'], "\\n";
echo $api->postForm(body: ['a' => 'x&', 'b' => 1]), "\\n";
try { $api->getUsersById(id: 0); } catch (Api\\Problem $problem) { echo $problem->status, ' ', $problem->data['name']; }
`;
    expect((await run("php", ["-r", program], join(folder, "php"))).split("\n")).toEqual([
      '{"id":7,"name":"a b+c","e-mail":null}',
      "Åsa",
      "x&2",
      "410 gone",
    ]);
  });

  test.skipIf(!has("go", "version"))(
    "Go",
    async () => {
      const to = join(folder, "go");
      await generate({ spec, kind: "go", to });
      await writeFile(
        join(to, "client_test.go"),
        `package api

import (
	"context"
	"errors"
	"testing"
)

func TestCalls(t *testing.T) {
	api, ctx := New(""), context.Background()
	user, err := api.GetUsersById(ctx, GetUsersByIdInput{Id: 7, Tag: []string{"a b", "c"}})
	if err != nil || user.Id != 7 || user.Name != "a b+c" || user.EMail != nil {
		t.Fatal(user, err)
	}
	body := PostUsersBody{Name: "Åsa"}
	made, err := api.PostUsers(ctx, PostUsersInput{Body: &body})
	if err != nil || made.Name != "Åsa" || *made.EMail != "a@b.c" {
		t.Fatal(made, err)
	}
	_, err = api.GetUsersById(ctx, GetUsersByIdInput{Id: 0})
	var problem *Problem
	if !errors.As(err, &problem) || problem.Status != 410 {
		t.Fatal(err)
	}
}
`,
      );
      expect(await run("go", ["test", "./..."], to)).toMatch(/^ok\s/);
    },
    180_000,
  );

  test("Rust, as text: its compiler needs serde, which is no part of it", async () => {
    await generate({ spec, kind: "rust", to: join(folder, "rust") });
    const models = await readFile(join(folder, "rust/src/models.rs"), "utf8");
    expect(models).toContain('    #[serde(rename = "e-mail")]\n    pub e_mail: Option<String>,\n');
    const client = await readFile(join(folder, "rust/src/lib.rs"), "utf8");
    expect(client).toContain(
      "pub fn get_users_by_id(&self, input: &models::GetUsersByIdInput) -> Result<Box<models::User>, Error> {",
    );
  });

  test("TypeScript: problems keep the names that the app gave them", async () => {
    await generate({ spec, kind: "client", to: join(folder, "ts/client") });
    await generate({ spec, kind: "zod", to: join(folder, "ts/zod") });
    await writeFile(
      join(folder, "ts/use.ts"),
      `import { createClient } from "./client/client.ts";
import { getUsersById } from "./zod/operations.ts";

export async function use(): Promise<string> {
  const api = createClient();
  const gone = await api("GET /users/:id", { params: { id: 0 } });
  if (gone.ok || gone.problem?.name !== "gone") return "not gone";
  const since: string = gone.problem.data.since;
  // @ts-expect-error there is no such member
  void gone.problem.data.until;
  // @ts-expect-error a number
  void api("GET /users/:id", { params: { id: "7" } });
  // @ts-expect-error no such key
  void api("GET /nobody");
  const found = await createClient(undefined, { throws: true })("GET /users/:id", { params: { id: 7 } });
  const mail: string | null = getUsersById.outputs[200].parse(found)["e-mail"];
  const form = await api("POST /form", {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: { a: "x&", b: 1 },
  });
  return JSON.stringify([since, mail, form.ok && form.value]);
}
`,
    );
    expect((await check(join(folder, "ts"))).errors).toEqual([]);
    const { use }: { use(): Promise<string> } = await import(join(folder, "ts/use.ts"));
    expect(await use()).toBe('["2020",null,"x&2"]');
  }, 60_000);
});

test("what a foreign server answers with is a problem by its status", async () => {
  const to = join(folder, "foreign");
  await generate({ spec: fileURLToPath(new URL("cases/split/openapi.yaml", import.meta.url)), to });
  const { createClient }: { createClient(base: unknown): (key: string, input: object) => Promise<unknown> } =
    await import(join(to, "client.ts"));
  const answer = (status: number, body: unknown) => ({ fetch: async () => Response.json(body, { status }) });
  const input = { params: { item_id: 1 } };
  const missing = await createClient(answer(404, { message: "none" }))("GET /items/:item_id", input);
  expect(missing).toMatchObject({ ok: false, status: 404, problem: { name: "notFound", data: { message: "none" } } });
  const teapot = await createClient(answer(418, {}))("GET /items/:item_id", input);
  expect(teapot).toMatchObject({ ok: false, status: 418, problem: { name: "unexpected" } });
});
