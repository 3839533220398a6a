import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { GenerateError, modelOf, type Operation, readSource, sourceOf } from "../src/index.ts";

const split = fileURLToPath(new URL("cases/split/openapi.yaml", import.meta.url));

async function operation(key: string): Promise<Operation> {
  const model = modelOf(await readSource(split));
  const found = model.operations.find((each) => each.key === key);
  if (found === undefined) throw new Error(`There is ${model.operations.map((each) => each.key).join(", ")}.`);
  return found;
}

function withPath(item: object, more: object = {}): () => unknown {
  return () =>
    modelOf(sourceOf({ openapi: "3.1.0", info: { title: "T", version: "1" }, paths: { "/a": item }, ...more }));
}

describe("the model", () => {
  test("has operations by path and method, with the keys of routes", async () => {
    const model = modelOf(await readSource(split));
    expect(model.operations.map(({ key, name }) => `${key} ${name}`)).toEqual([
      "POST /items PostItems",
      "GET /items/:item_id GetItem",
      "DELETE /items/:item_id DeleteItemsByItemId",
      "GET /pets GetPets",
      "GET /reports/:year_month GetReportsByYearByMonthCsv",
    ]);
    expect(model.servers).toEqual(["https://eu.shop.example/v1/"]);
  });

  test("has fields under the names that stand on the wire", async () => {
    const { params, query, headers } = await operation("GET /items/:item_id");
    expect(params).toEqual([{ name: "item_id", required: true, type: { kind: "number", integer: true } }]);
    expect(query.map(({ name, type }) => `${name} ${type.kind}`)).toEqual([
      "fields text",
      "tag array",
      "created[gte] number",
      "created[lt] number",
    ]);
    expect(headers.map(({ name }) => name)).toEqual(["x-trace"]);
  });

  test("keeps outputs and problems apart, and follows references into other files", async () => {
    const { outputs, problems } = await operation("GET /items/:item_id");
    expect(outputs).toMatchObject([{ status: 200, content: { form: "json", type: { kind: "ref", name: "Item" } } }]);
    expect(problems).toMatchObject([
      { name: "notFound", status: 404, content: { type: { kind: "ref", name: "Problem" } } },
      { name: "unexpected" },
    ]);
    expect((await operation("DELETE /items/:item_id")).outputs).toEqual([{ status: 204, description: "Gone" }]);
  });

  test("knows 3.0's null, what holds itself, and inheritance in a circle", async () => {
    const { schemas } = modelOf(await readSource(split));
    expect(schemas.map(({ name }) => name)).toEqual(["Cat", "Dog", "Item", "Pet", "Problem"]);
    const item = schemas.find(({ name }) => name === "Item")?.type;
    const members = item?.kind === "object" ? item.members : [];
    expect(members.find(({ name }) => name === "kind")?.type).toEqual({
      kind: "literal",
      values: ["new", "used", null],
    });
    expect(members.find(({ name }) => name === "parts")?.type).toEqual({
      kind: "array",
      items: { kind: "ref", name: "Item" },
    });
    expect(schemas[0]?.type).toMatchObject({ kind: "object", members: [{ name: "lives" }] });
    expect(schemas[3]?.type).toMatchObject({ kind: "union", of: [{ name: "Cat" }, { name: "Dog" }] });
  });

  test("has a form's fields as they are sent", () => {
    const properties = {
      amount: { type: "integer" },
      card: {
        type: "object",
        required: ["number"],
        properties: { number: { type: "string" }, cvc: { type: "string" } },
      },
      expand: { type: "array", items: { type: "string" } },
      lines: { type: "array", items: { type: "object" } },
    };
    const schema = { type: "object", required: ["card"], properties };
    const encoding = { expand: { style: "deepObject", explode: true } };
    const content = { "application/x-www-form-urlencoded": { schema, encoding } };
    const operation = { requestBody: { required: true, content }, responses: { "204": { description: "Done" } } };
    const paths = { "/pay": { post: operation, get: operation } };
    const model = modelOf(sourceOf({ openapi: "3.1.0", info: { title: "T", version: "1" }, paths }));
    const type = model.operations[1]?.body?.type;
    const members = type?.kind === "object" ? type.members : [];
    expect(members.map(({ name, required }) => `${name}${required ? "" : "?"}`)).toEqual([
      "amount?",
      "card[number]",
      "card[cvc]?",
      "expand[]?",
      "lines?",
    ]);
    expect(type).toMatchObject({ rest: { kind: "text" } });
    expect(model.operations[0]).not.toHaveProperty("body");
  });

  test("leaves out what takes the same requests as another, and says so", () => {
    const get = { get: { responses: { "200": { description: "OK" } } } };
    const paths = { "/a/{b}": get, "/a/{c}": get };
    const model = modelOf(sourceOf({ openapi: "3.1.0", info: { title: "T", version: "1" }, paths }));
    expect(model.operations.map(({ key }) => key)).toEqual(["GET /a/:b"]);
    expect(model.notes.map(({ message }) => message)).toEqual([
      "GET /a/{c} is left out: GET /a/:b takes the same requests.",
    ]);
  });
});

describe("a broken document is one message with its place", () => {
  test.each([
    ["openapi: 3.1.0\npaths:\n  /a: {\n", "OS_SPEC_SYNTAX", /broken\.yaml:\d+:\d+$/],
    ['{ "openapi": "3.1.0",\n  "paths": { "/a": ] }', "OS_SPEC_SYNTAX", /broken\.yaml:2:\d+$/],
    ["hello: world\n", "OS_SPEC_UNKNOWN", /broken\.yaml$/],
    [
      "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        twohundred: {}\n",
      "OS_SPEC_BROKEN",
      /broken\.yaml:6:\d+$/,
    ],
    [
      "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: x\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/Nobody'\n",
      "OS_SPEC_BROKEN",
      /broken\.yaml:11:\d+$/,
    ],
  ])("%#: %j", async (text, code, where) => {
    const address = "https://spec.example/broken.yaml";
    const reading = readSource(address, { fetch: async () => new Response(text) }).then(modelOf);
    const error: unknown = await reading.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GenerateError);
    const found = error instanceof GenerateError ? error.diagnostics : [];
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code, where: expect.stringMatching(where) });
  });

  test("what cannot be read", async () => {
    await expect(readSource("/nowhere/spec.json")).rejects.toThrow("OS_SPEC_UNREADABLE");
    const gone = { fetch: async () => new Response("", { status: 404 }) };
    await expect(readSource("https://spec.example/a.json", gone)).rejects.toThrow("the server answered 404");
  });

  test("a document from the network does not read files of this machine", async () => {
    const text = JSON.stringify({ openapi: "3.1.0", paths: { "/a": { $ref: "file:///etc/hostname" } } });
    const reading = readSource("https://spec.example/a.json", { fetch: async () => new Response(text) });
    await expect(reading).rejects.toThrow("OS_SPEC_ELSEWHERE");
  });

  test("paths without a slash, parameters without a place", () => {
    expect(withPath({ get: { parameters: [{ name: "x" }], responses: {} } })).toThrow(
      "A parameter needs a name and a place.",
    );
    expect(withPath({}, { paths: { a: {} } })).toThrow('The path "a" does not begin with "/".');
  });
});
