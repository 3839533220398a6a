import { graph } from "@openspeed/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Change, diffDocuments, documentOf, type OpenApiDocument } from "../src/index.ts";
import { fixture, webhooks } from "./fixture.ts";

const document = documentOf(await graph(fixture()), { title: "Fixture", webhooks: await webhooks() });

type Json = Record<string, unknown>;

/** A document of one operation, `POST /x`, with more laid over it. */
function one(operation: Json, more: Json = {}): OpenApiDocument {
  return {
    openapi: "3.1.1",
    info: { title: "One", version: "1" },
    paths: { "/x/{id}": { post: { operationId: "x", responses: {}, ...operation } } },
    ...more,
  };
}
const takes = (schema: Json, required = true): Json => ({
  requestBody: { required, content: { "application/json": { schema } } },
});
const gives = (schema: Json, status = "200"): Json => ({
  responses: { [status]: { description: "OK", content: { "application/json": { schema } } } },
});
const asks = (...parameters: readonly Json[]): Json => ({ parameters });
const query = (more: Json): Json => ({ name: "q", in: "query", schema: { type: "string" }, ...more });
const problems = (...names: readonly string[]): Json => ({
  responses: {
    "409": {
      description: "No",
      content: {
        "application/problem+json": {
          schema: { oneOf: names.map((name) => ({ properties: { name: { const: name } } })) },
        },
      },
    },
  },
});
const object = (properties: Json, required: readonly string[] = [], more: Json = {}): Json => ({
  type: "object",
  properties,
  required,
  ...more,
});
const text = { type: "string" };

/** What it means one way, and the other way. */
type Row = readonly [
  what: string,
  before: OpenApiDocument,
  after: OpenApiDocument,
  there: Change["effect"],
  back: Change["effect"],
];

/** The same schemas as what is sent and what is answered. */
function eachWay(
  what: string,
  before: Json,
  after: Json,
  sent: readonly [Change["effect"], Change["effect"]],
  answered: readonly [Change["effect"], Change["effect"]],
): readonly Row[] {
  return [
    [`${what}, sent`, one(takes(before)), one(takes(after)), ...sent],
    [`${what}, answered`, one(gives(before)), one(gives(after)), ...answered],
  ];
}
/** Less is let through one way, more the other. */
const narrower = (what: string, before: Json, after: Json): readonly Row[] =>
  eachWay(what, before, after, ["breaking", "additive"], ["additive", "breaking"]);
const other = (what: string, before: Json, after: Json): readonly Row[] =>
  eachWay(what, before, after, ["breaking", "breaking"], ["breaking", "breaking"]);

const shared = (schema: Json): Json => ({ components: { schemas: { Item: schema } } });
const item = { $ref: "#/components/schemas/Item" };
const hook = (schema: Json, required = true): OpenApiDocument =>
  one({}, { webhooks: { told: { post: { operationId: "told", responses: {}, ...takes(schema, required) } } } });

const rows: readonly Row[] = [
  ["an operation", one({}, { paths: {} }), one({}), "additive", "breaking"],
  ["its name for generators", one({}), one({ operationId: "y" }), "breaking", "breaking"],
  ["a summary", one({}), one({ summary: "X" }), "documentation", "documentation"],
  ["a deprecation", one({}), one({ deprecated: true }), "documentation", "documentation"],
  ["a title", one({}), one({}, { info: { title: "Two", version: "1" } }), "documentation", "documentation"],
  ["a version", one({}), one({}, { info: { title: "One", version: "2" } }), "documentation", "documentation"],
  ["a server", one({}), one({}, { servers: [{ url: "/v1" }] }), "additive", "breaking"],
  ["a parameter", one({}), one(asks(query({}))), "additive", "breaking"],
  ["a required parameter", one({}), one(asks(query({ required: true }))), "breaking", "breaking"],
  ["that a parameter is required", one(asks(query({}))), one(asks(query({ required: true }))), "breaking", "additive"],
  [
    "how a parameter is written",
    one(asks(query({}))),
    one(asks(query({ style: "form", explode: false }))),
    "breaking",
    "breaking",
  ],
  [
    "what a parameter takes",
    one(asks(query({}))),
    one(asks(query({ schema: { type: "string", maxLength: 3 } }))),
    "breaking",
    "additive",
  ],
  [
    "a parameter's description",
    one(asks(query({}))),
    one(asks(query({ description: "Q" }))),
    "documentation",
    "documentation",
  ],
  ["a required body", one({}), one(takes(text)), "breaking", "breaking"],
  ["an optional body", one({}), one(takes(text, false)), "additive", "breaking"],
  ["that a body is required", one(takes(text, false)), one(takes(text)), "breaking", "additive"],
  [
    "a media type of the body",
    one(takes(text)),
    one({ requestBody: { required: true, content: { "application/json": { schema: text }, "text/plain": {} } } }),
    "additive",
    "breaking",
  ],
  ["an answer", one({}), one(gives(text)), "additive", "breaking"],
  [
    "an answer's description",
    one(gives(text)),
    one({ responses: { "200": { description: "Fine", content: { "application/json": { schema: text } } } } }),
    "documentation",
    "documentation",
  ],
  ["a problem", one(problems("a")), one(problems("a", "b")), "additive", "additive"],
  ["a guard", one({}), one({ security: [{ key: [] }] }), "breaking", "additive"],
  [
    "a second guard",
    one({ security: [{ key: [] }] }),
    one({ security: [{ key: [], other: [] }] }),
    "breaking",
    "additive",
  ],
  [
    "another way past the guard",
    one({ security: [{ key: [] }] }),
    one({ security: [{ key: [] }, { other: [] }] }),
    "additive",
    "breaking",
  ],
  ["a scope", one({ security: [{ key: [] }] }), one({ security: [{ key: ["write"] }] }), "breaking", "additive"],
  [
    "how callers prove themselves",
    one({}, { components: { securitySchemes: { key: { type: "http", scheme: "basic" } } } }),
    one({}, { components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } } }),
    "breaking",
    "breaking",
  ],
  ["a callback", one({}), one({ callbacks: { done: {} } }), "additive", "breaking"],
  [
    "a callback's content",
    one({ callbacks: { done: {} } }),
    one({ callbacks: { done: { "{$url}": {} } } }),
    "breaking",
    "breaking",
  ],
  ["a webhook", one({}), hook(text), "additive", "breaking"],
  ["what a webhook sends", hook({ type: ["string", "null"] }), hook(text), "additive", "breaking"],
  ["that a webhook has a body", hook(text, false), hook(text), "additive", "breaking"],
  ...narrower("a type fewer", { type: ["string", "null"] }, text),
  ...narrower("a type at all", {}, text),
  ...narrower("integers only", { type: "number" }, { type: "integer" }),
  ...other("another type", text, { type: "boolean" }),
  ...narrower("a value fewer", { enum: ["a", "b"] }, { enum: ["a"] }),
  ...narrower("certain values", text, { type: "string", enum: ["a"] }),
  ...narrower("one value", { type: "string" }, { type: "string", const: "a" }),
  ...narrower("a lower maximum", { type: "integer", maximum: 9 }, { type: "integer", maximum: 5 }),
  ...narrower("a minimum", { type: "integer" }, { type: "integer", minimum: 5 }),
  ...narrower("a length", { type: "string", maxLength: 9 }, { type: "string", maxLength: 8 }),
  ...narrower("a pattern", text, { type: "string", pattern: "^a" }),
  ...narrower("a format", text, { type: "string", format: "uuid" }),
  ...other("another pattern", { type: "string", pattern: "^a" }, { type: "string", pattern: "^b" }),
  ...narrower("items", { type: "array" }, { type: "array", items: text }),
  ...narrower("what items are", { type: "array", items: {} }, { type: "array", items: text }),
  ...narrower("an alternative fewer", { anyOf: [text, { type: "null" }] }, { anyOf: [text] }),
  ...narrower("one more thing to be", { allOf: [object({})] }, { allOf: [object({}), object({ a: text }, ["a"])] }),
  ...narrower("a member that must be there", object({ a: text }), object({ a: text }, ["a"])),
  ...narrower("what a member is", object({ a: {} }), object({ a: text })),
  ...other("a condition", object({}), object({}, [], { dependentRequired: { a: ["b"] } })),
  ...eachWay("a member", object({}), object({ a: text }), ["additive", "breaking"], ["additive", "breaking"]),
  ...eachWay(
    "a required member",
    object({}),
    object({ a: text }, ["a"]),
    ["breaking", "breaking"],
    ["additive", "breaking"],
  ),
  ...eachWay(
    "a member's description",
    object({ a: text }),
    object({ a: { ...text, description: "A" } }),
    ["documentation", "documentation"],
    ["documentation", "documentation"],
  ),
  ...eachWay(
    "a note of one's own",
    text,
    { ...text, "x-note": 1 },
    ["documentation", "documentation"],
    ["documentation", "documentation"],
  ),
  ...eachWay(
    "a default",
    text,
    { ...text, default: "a" },
    ["additive", "breaking"],
    ["documentation", "documentation"],
  ),
  [
    "that others are refused",
    one(takes(object({}))),
    one(takes(object({}, [], { additionalProperties: false }))),
    "breaking",
    "additive",
  ],
  [
    "a shared schema",
    one(takes(item), shared(object({ a: {} }))),
    one(takes(item), shared(object({ a: text }))),
    "breaking",
    "additive",
  ],
  [
    "a shared schema among alternatives",
    one(takes({ anyOf: [item, text] }), shared(object({ a: {} }))),
    one(takes({ anyOf: [item, text] }), shared(object({ a: text }))),
    "breaking",
    "additive",
  ],
  [
    "a shared schema that holds itself",
    one(gives(item), shared(object({ of: item, a: text }))),
    one(gives(item), shared(object({ of: item, a: {} }))),
    "breaking",
    "additive",
  ],
];

/** The gravest of them. */
function worst(changes: readonly Change[]): Change["effect"] | "nothing" {
  const order = ["breaking", "additive", "documentation"] as const;
  return order.find((effect) => changes.some((change) => change.effect === effect)) ?? "nothing";
}

describe("both ways", () => {
  test.each(rows)("%s", (_, before, after, there, back) => {
    expect(worst(diffDocuments(before, after))).toBe(there);
    expect(worst(diffDocuments(after, before))).toBe(back);
    expect(diffDocuments(before, before)).toEqual([]);
    expect(diffDocuments(after, after)).toEqual([]);
  });
});

test("a change is told with its place", () => {
  const before = one({ ...gives({ type: "array", items: object({ "a/b": text }) }), ...takes(text) });
  const after = one({
    ...gives({ type: "array", items: object({ "a/b": {} }) }),
    ...takes({ type: "string", maxLength: 3 }),
  });
  expect(diffDocuments(before, after)).toEqual([
    { effect: "breaking", operation: "POST /x/{id}", place: "body #", message: "maxLength changed from nothing to 3." },
    {
      effect: "breaking",
      operation: "POST /x/{id}",
      place: "200 #/*/a~1b",
      message: "It is no longer of type string only.",
    },
  ]);
});

describe("a document of everything", () => {
  test("differs in nothing from itself, however its members are ordered", () => {
    expect(diffDocuments(document, JSON.parse(JSON.stringify(document)))).toEqual([]);
    const { components, paths, ...rest } = document;
    const turned = {
      ...rest,
      components,
      paths: Object.fromEntries(Object.entries(paths).toReversed()),
    } as OpenApiDocument;
    expect(diffDocuments(document, turned)).toEqual([]);
  });

  test("what a path's parameter is called, and where schemas stand, are no changes", () => {
    const renamed = JSON.parse(
      JSON.stringify(document).replaceAll("#/components/schemas/Ticket", "#/components/schemas/Renamed"),
    );
    renamed.components.schemas.Renamed = renamed.components.schemas.Ticket;
    renamed.components.schemas.RenamedInput = renamed.components.schemas.TicketInput;
    renamed.paths["/things/{thing}"] = JSON.parse(
      JSON.stringify(renamed.paths["/things/{id}"]).replace('"name":"id"', '"name":"thing"'),
    );
    delete renamed.paths["/things/{id}"];
    expect(diffDocuments(document, renamed)).toEqual([]);
  });

  /** Changes one thing somewhere, and says what that means. */
  const mutations: Readonly<
    Record<string, (of: Json, pick: (list: readonly string[]) => string) => Change["effect"] | undefined>
  > = {
    "a path goes": (of, pick) => {
      delete (of["paths"] as Json)[pick(Object.keys(of["paths"] as Json))];
      return "breaking";
    },
    "an answer's member goes": (of, pick) => {
      const schema = answerIn(of, pick);
      const name = pick(Object.keys(schema?.["properties"] ?? {}));
      if (schema === undefined || name === "") return undefined;
      delete (schema["properties"] as Json)[name];
      schema["required"] = ((schema["required"] ?? []) as string[]).filter((each) => each !== name);
      return "breaking";
    },
    "an answer gets a member": (of, pick) => {
      const schema = answerIn(of, pick);
      if (schema === undefined) return undefined;
      (schema["properties"] as Json)["brandNew"] = { type: "string" };
      return "additive";
    },
    "a parameter is asked for": (of, pick) => {
      const operation = operationIn(of, pick);
      operation["parameters"] = [
        ...((operation["parameters"] ?? []) as Json[]),
        { name: "brandNew", in: "query", required: true, schema: {} },
      ];
      return "breaking";
    },
    "a parameter may be given": (of, pick) => {
      const operation = operationIn(of, pick);
      operation["parameters"] = [
        ...((operation["parameters"] ?? []) as Json[]),
        { name: "brandNew", in: "query", schema: {} },
      ];
      return "additive";
    },
    "a summary changes": (of, pick) => {
      operationIn(of, pick)["summary"] = "Brand new";
      return "documentation";
    },
    "an answer goes": (of, pick) => {
      const { responses } = operationIn(of, pick) as { responses: Json };
      const status = pick(Object.keys(responses).filter((each) => each < "300"));
      if (status === "") return undefined;
      delete responses[status];
      return "breaking";
    },
    "a guard comes": (of, pick) => {
      const operation = operationIn(of, pick);
      if (operation["security"] !== undefined) return undefined;
      operation["security"] = [{ brandNew: [] }];
      return "breaking";
    },
  };

  function operationIn(of: Json, pick: (list: readonly string[]) => string): Json {
    const paths = of["paths"] as Record<string, Record<string, Json>>;
    const item = paths[pick(Object.keys(paths))] ?? {};
    return item[pick(Object.keys(item))] ?? {};
  }

  function answerIn(of: Json, pick: (list: readonly string[]) => string): Json | undefined {
    const responses = operationIn(of, pick)["responses"] as Record<
      string,
      { content?: Record<string, { schema?: Json }> }
    >;
    const schema = responses["200"]?.content?.["application/json"]?.schema;
    return schema?.["properties"] === undefined ? undefined : schema;
  }

  test.each(Object.entries(mutations))("wherever %s", (_, mutate) => {
    let met = 0;
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const changed = JSON.parse(JSON.stringify(document)) as Json;
        const expected = mutate(changed, (list) => list[(numbers.next().value ?? 0) % Math.max(1, list.length)] ?? "");
        fc.pre(expected !== undefined);
        met++;
        expect(worst(diffDocuments(document, changed as never))).toBe(expected);
      }),
      { seed: 4, numRuns: 50 },
    );
    expect(met).toBeGreaterThanOrEqual(50);
  });
});
