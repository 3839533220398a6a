/** The media types of a declared output, as the kernel chooses them. */
import type { GraphSchema, JsonSchema } from "@openspeed/core";
import type { Components } from "./components.ts";
import { isRecord } from "./definitions.ts";
import type { Content, MediaType } from "./openapi-types.ts";
import type { Edition } from "./options.ts";

const STREAMED = new Set(["text/event-stream", "application/x-ndjson"]);

export function mediaTypesOf(
  offers: readonly string[] | undefined,
  output: GraphSchema,
  components: Components,
  edition: Edition,
): Content {
  const schema = components.place(output, "output");
  if (offers !== undefined) return Object.fromEntries(offers.map((type) => [type, offered(type, schema, edition)]));
  const inside = components.lookInto(output, "output");
  if (Object.keys(inside).length === 0) return { "*/*": {} }; // its library cannot say what comes
  if (inside["format"] === "binary") {
    const { contentMediaType } = inside;
    return { [typeof contentMediaType === "string" ? contentMediaType : "*/*"]: {} };
  }
  const types = typesIn(inside, components.schemas());
  const text = types === undefined || types.has("string");
  const others = types === undefined || types.size > 1 || !text;
  return { ...(others && { "application/json": { schema } }), ...(text && { "text/plain": { schema } }) };
}

function offered(type: string, schema: JsonSchema, edition: Edition): MediaType {
  if (STREAMED.has(type))
    return edition === "3.2" ? { itemSchema: itemOf(type, schema) } : { schema: textOf(type, schema) };
  if (/[/+]json$/.test(type)) return { schema };
  // A text or bytes of another media type; the schema describes the JSON that it stands for.
  return type.startsWith("text/") ? { schema: { type: "string" } } : {};
}

/** OpenAPI 3.2 §4.14.4: an event is an object of its fields. */
function itemOf(type: string, schema: JsonSchema): JsonSchema {
  if (type !== "text/event-stream") return schema;
  return {
    type: "object",
    required: ["data"],
    properties: {
      data: { type: "string", contentMediaType: "application/json", contentSchema: schema },
      event: { type: "string" },
      id: { type: "string" },
      retry: { type: "integer", minimum: 0 },
    },
  };
}

/** OpenAPI 3.1 knows no items; JSON Schema can say what a text holds (Validation §8.5). */
function textOf(type: string, schema: JsonSchema): JsonSchema {
  return { type: "string", contentMediaType: type, contentSchema: { type: "array", items: schema } };
}

/** The types that a schema allows; `undefined` where that cannot be told. */
function typesIn(
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  depth: number = 0,
): ReadonlySet<string> | undefined {
  const { $ref, type, anyOf, oneOf, const: constant, enum: values } = schema;
  if (type !== undefined) return new Set([type].flat().map(String));
  if (Array.isArray(values)) return new Set(values.map((value) => typeof value));
  if (constant !== undefined) return new Set([typeof constant]);
  if (depth > 8) return undefined;
  const behind = typeof $ref === "string" ? schemas[$ref.replace(/^.*\//, "")] : undefined;
  const branches =
    behind === undefined ? [anyOf, oneOf].flatMap((union) => (Array.isArray(union) ? union : [])) : [behind];
  if (branches.length === 0) return schema["properties"] === undefined ? undefined : new Set(["object"]);
  const found = branches.map((branch) => (isRecord(branch) ? typesIn(branch, schemas, depth + 1) : undefined));
  const known = found.filter((types) => types !== undefined);
  return known.length < found.length ? undefined : new Set(known.flatMap((types) => [...types]));
}
