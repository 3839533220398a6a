/** What a tool takes and gives, as JSON Schema 2020-12. */
import type { GraphRoute, JsonSchema } from "@openspeed/core";
import { isRecord, relocate } from "./relocate.ts";

export interface InputSchema extends JsonSchema {
  readonly type: "object";
  readonly properties: { readonly [name: string]: JsonSchema };
  readonly required: string[];
}

/** `params`, `query` and `body`, as the typed client takes them: a name can stand in two places without a clash. */
export function inputSchemaOf(route: GraphRoute): InputSchema {
  const { query, body } = route;
  const params = paramsSchemaOf(route);
  const parts: readonly [name: string, schema: JsonSchema | undefined, needed: boolean][] = [
    ["params", params, hasRequired(params)],
    ["query", query?.input, hasRequired(query?.input)],
    ["body", body?.input, true],
  ];
  const taken = parts.flatMap(([name, schema, needed]) => (schema === undefined ? [] : [{ name, schema, needed }]));
  return {
    type: "object",
    properties: Object.fromEntries(taken.map(({ name, schema }) => [name, relocate(schema, `/properties/${name}`)])),
    required: taken.filter(({ needed }) => needed).map(({ name }) => name),
    additionalProperties: false,
  };
}

function hasRequired(schema: JsonSchema | undefined): boolean {
  const required = schema && behind(schema)["required"];
  return Array.isArray(required) && required.length > 0;
}

/** What a schema says that does nothing but name one of its definitions. */
function behind(schema: JsonSchema, root: JsonSchema = schema): JsonSchema {
  const { $ref } = schema;
  const definitions = root["$defs"];
  const found =
    typeof $ref === "string" && isRecord(definitions) ? definitions[$ref.replace(/^#\/\$defs\//, "")] : undefined;
  return isRecord(found) && found !== schema ? behind(found, root) : schema;
}

/** Whether only objects fit. */
function isObject(schema: JsonSchema, root: JsonSchema = schema): boolean {
  const { type, anyOf, oneOf } = behind(schema, root);
  const branches: unknown = anyOf ?? oneOf;
  if (Array.isArray(branches)) return branches.every((each) => isRecord(each) && isObject(each, root));
  return type === "object";
}

/** The route's own, or else texts by the names in its path. */
function paramsSchemaOf({ params, path }: GraphRoute): JsonSchema | undefined {
  if (params !== undefined) return params.input;
  const found = paramsIn(path);
  if (found.length === 0) return undefined;
  return {
    type: "object",
    properties: Object.fromEntries(found.map(({ name }) => [name, { type: "string" }])),
    required: found.filter(({ optional }) => !optional).map(({ name }) => name),
  };
}

/** A segment of a path that stands for a value: `:name`, `:name?` or `*name`. */
export interface Param {
  readonly name: string;
  readonly optional: boolean;
  readonly rest: boolean;
}

export function paramOf(segment: string): Param | undefined {
  if (!/^[:*]/.test(segment)) return undefined;
  return { name: segment.slice(1).replace(/\?$/, ""), optional: segment.endsWith("?"), rest: segment.startsWith("*") };
}

function paramsIn(path: string): readonly Param[] {
  return path.split("/").flatMap((segment) => paramOf(segment) ?? []);
}

const STREAMED = new Set(["text/event-stream", "application/x-ndjson"]);
const isJson = (type: string): boolean => /[/+]json$/.test(type);

/** Whether a route's answer is items, as far as it says so. */
export function streams({ offers = [] }: GraphRoute): boolean {
  return offers.some((type) => STREAMED.has(type)) && !offers.some(isJson);
}

/** What is promised about results; `undefined` where the route declares nothing that JSON Schema can say. */
export function outputSchemaOf({ outputs, offers }: GraphRoute, streamed: boolean): JsonSchema | undefined {
  if (offers !== undefined && !offers.some(isJson) && !streamed) return undefined;
  const declared = Object.values(outputs).map((schema) => schema?.output ?? { type: "null" });
  const told = declared.some((schema) => schema["type"] !== "null");
  if (!told || declared.some((schema) => Object.keys(schema).length === 0)) return undefined;
  const item = (pointer: string): JsonSchema => {
    const [only, ...others] = declared;
    if (only !== undefined && others.length === 0) return relocate(only, pointer);
    return { anyOf: declared.map((schema, i) => relocate(schema, `${pointer}/anyOf/${i}`)) };
  };
  if (streamed) return { type: "array", items: item("/items") };
  // Said in its first words, for clients of editions in which nothing else can be a result.
  return declared.every((schema) => isObject(schema)) ? { type: "object", ...item("") } : item("");
}
