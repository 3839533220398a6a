import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { makeSerialize } from "../src/compile/serialize.ts";
import type { Schema } from "../src/index.ts";
import { type Description, schemaOf } from "./references/description.ts";

const scalar: fc.Arbitrary<Description> = fc.oneof(
  fc.constantFrom<Description[]>(
    { kind: "string" },
    { kind: "number" },
    { kind: "integer" },
    { kind: "boolean" },
    { kind: "null" },
  ),
  fc.constant<Description>({ kind: "enum", options: ["a", 'b"', "é"] }),
  fc.oneof(fc.string(), fc.integer(), fc.boolean()).map((value): Description => ({ kind: "literal", value })),
);
const nameOfMember = fc.constantFrom(
  "a",
  "b",
  "id",
  "name",
  'a"b',
  "a\\b",
  "ชื่อ",
  "",
  "1",
  "constructor",
  "toString",
  "valueOf",
  "length",
);
const described: fc.Arbitrary<Description> = fc.letrec<{ any: Description }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(scalar, { minLength: 2, maxLength: 3 }).map((of): Description => ({ kind: "scalars", of })),
    tie("any").map((of): Description => ({ kind: "nullable", of })),
    tie("any").map((of): Description => ({ kind: "array", of })),
    fc
      .uniqueArray(fc.record({ name: nameOfMember, optional: fc.boolean(), of: tie("any") }), {
        selector: ({ name }) => name,
        maxLength: 5,
      })
      .map((members): Description => ({ kind: "object", members })),
  ),
})).any;

const SECRET = "must not leave";

/** Values that the schema takes, with more in their objects than it declares. */
function valueOf(description: Description): fc.Arbitrary<unknown> {
  switch (description.kind) {
    case "string":
      return fc.string({ unit: "binary" });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "integer":
      return fc.maxSafeInteger();
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "enum":
      return fc.constantFrom(...description.options);
    case "literal":
      return fc.constant(description.value);
    case "scalars":
      return fc.oneof(...description.of.map(valueOf));
    case "nullable":
      return fc.oneof(fc.constant(null), valueOf(description.of));
    case "array":
      return fc.array(valueOf(description.of), { maxLength: 3 });
    case "object": {
      const members = description.members.map(({ name, optional, of }) => {
        const value = valueOf(of).map((each): [string, unknown][] => [[name, each]]);
        return optional
          ? fc.oneof(value, fc.constant<[string, unknown][]>([]), fc.constant<[string, unknown][]>([[name, undefined]]))
          : value;
      });
      const extra = fc.constantFrom<[string, unknown][]>([], [["secret", SECRET]], [["password", { hash: SECRET }]]);
      return fc.tuple(...members, extra).map((parts) => {
        const own = Object.fromEntries(parts.flat());
        // Every declared name is the object's own, so that no inherited member stands in for an absent one.
        for (const { name } of description.members) if (!Object.hasOwn(own, name) && name in own) own[name] = undefined;
        return own;
      });
    }
  }
}

describe("a declared output is written", () => {
  const pair = described.chain((description) => fc.tuple(fc.constant(description), valueOf(description)));

  test("as the schema would give it to JSON.stringify", () => {
    let written = 0;
    fc.assert(
      fc.property(pair, ([description, value]) => {
        const schema = schemaOf(description);
        const serialize = makeSerialize(schema);
        if (serialize === undefined) return;
        written++;
        const text = serialize(value);
        expect(text && (JSON.parse(text) as unknown)).toEqual(JSON.parse(JSON.stringify(schema.parse(value))));
        expect(text?.length).toBe(JSON.stringify(schema.parse(value)).length);
        expect(text).not.toContain(SECRET);
      }),
      { numRuns: 3_000 },
    );
    // Most of what can be described can be written without running the schema.
    expect(written).toBeGreaterThan(1_000);
  });
});

const User = z.object({ id: z.int(), name: z.string() });

describe("undeclared members stay inside", () => {
  const row = { id: 1, name: "Ann", secret: SECRET };
  class Row {
    id = 1;
    name = "Ann";
    readonly secret = SECRET;
    toJSON(): object {
      return { ...this };
    }
  }
  class Accessors {
    get id(): number {
      return 1;
    }
    get name(): string {
      return "Ann";
    }
    readonly secret = SECRET;
  }
  const written = '{"id":1,"name":"Ann"}';
  test.each<[what: string, schema: Schema, value: unknown, text: string]>([
    ["an object", User, row, written],
    ["of a row of a class", User, new Accessors(), written],
    ["of a row that says how it becomes JSON", User, new Row(), written],
    ["a list", z.array(User), [row, row], `[${written},${written}]`],
    ["a list of rows of a class", z.array(User), [new Row()], `[${written}]`],
    ["an object that may be null", User.nullable(), row, written],
    ["no object", User.nullable(), null, "null"],
    ["an object within", z.object({ user: User }), { user: row, secret: SECRET }, `{"user":${written}}`],
    ["an object that may be absent", z.object({ user: User.optional() }), { secret: SECRET }, "{}"],
    [
      "a list within",
      z.object({ users: z.array(User.nullable()) }),
      { users: [null, row] },
      `{"users":[null,${written}]}`,
    ],
    ["an object without prototype", User, Object.assign(Object.create(null), row), written],
    [
      "an object with checks",
      z
        .object({
          id: z.int().positive(),
          name: z
            .string()
            .min(1)
            .refine(() => true),
        })
        .readonly(),
      row,
      written,
    ],
    ["an object of arktype", type({ id: "number", name: "string" }), row, written],
    ["of no object at all", User, "text", '"text"'],
    ["of no list at all", z.array(User), "text", '"text"'],
  ])("%s", (_, schema, value, text) => {
    expect(makeSerialize(schema)?.(value)).toBe(text);
  });
});

const Tree = z.object({
  name: z.string(),
  get children(): z.ZodArray<typeof Tree> {
    return z.array(Tree);
  },
});

test.each<[what: string, schema: Schema]>([
  ["a transform", z.string().transform((text) => text.length)],
  ["a default", z.object({ a: z.string().default("x") })],
  ["a record", z.record(z.string(), z.number())],
  ["an open object", z.looseObject({ a: z.string() })],
  ["an object with a catch-all", z.object({ a: z.string() }).catchall(z.number())],
  ["a union of objects", z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])],
  [
    "a discriminated union",
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), a: z.string() }),
      z.object({ kind: z.literal("b") }),
    ]),
  ],
  ["a union with a list", z.union([z.array(z.string()), z.object({ a: z.string() })])],
  ["a tuple", z.tuple([z.string(), z.number()])],
  ["anything", z.unknown()],
  ["an object with anything in it", z.object({ a: z.unknown() })],
  ["a list of anything", z.array(z.any())],
  ["a date", z.object({ at: z.date() })],
  ["a recursive object", Tree],
  [
    "a transform into the same type",
    z.object({
      card: z
        .string()
        .transform((text) => text.slice(-4))
        .pipe(z.string()),
    }),
  ],
  ["a codec between equal types", z.codec(z.string(), z.string(), { decode: (text) => text, encode: (text) => text })],
  ["coercing", z.object({ n: z.coerce.number() })],
  ["trimming", z.array(z.string().trim())],
  ["lower case", z.object({ email: z.email().toLowerCase().nullable() })],
  ["a normal form", z.url({ normalize: true })],
  ["a fallback", z.object({ a: z.string().catch("x") })],
  ["something before", z.preprocess(String, z.string())],
  ["a change of a whole object", z.object({ a: z.string() }).overwrite((value) => ({ ...value, a: "x" }))],
  [
    "a transform of arktype",
    type({
      a: type("string")
        .pipe((text) => text.slice(-4))
        .to("string"),
    }),
  ],
  [
    "a transform of valibot",
    toStandardJsonSchema(
      v.object({
        a: v.pipe(
          v.string(),
          v.transform((text) => text.slice(-4)),
          v.string(),
        ),
      }),
    ),
  ],
  ["a default of valibot", toStandardJsonSchema(v.object({ a: v.optional(v.string(), "x") }))],
  ["a fallback of valibot", toStandardJsonSchema(v.object({ a: v.fallback(v.string(), "x") }))],
  ["a transform deep inside", z.object({ list: z.array(z.object({ n: z.coerce.number() })) })],
  [
    "a schema whose library does not speak JSON Schema",
    { "~standard": { version: 1, vendor: "mine", validate: (value) => ({ value }) } },
  ],
])("%s runs through the schema itself", (_, schema) => {
  expect(makeSerialize(schema)).toBe(undefined);
});
