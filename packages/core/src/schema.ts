/** Standard Schema in (standardschema.dev), JSON Schema 2020-12 out. Any library that speaks the standard is welcome. */

export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export type Validated<T> = { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly Issue[] };

/** The part of Standard Schema v1 that a route needs: zod, valibot, arktype and their like. */
export interface Schema<In = unknown, Out = In> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Validated<Out> | Promise<Validated<Out>>;
    readonly types?: { readonly input: In; readonly output: Out } | undefined;
  };
}

export type InputOfSchema<S extends Schema> = NonNullable<S["~standard"]["types"]>["input"];
export type OutputOfSchema<S extends Schema> = NonNullable<S["~standard"]["types"]>["output"];

/** Which side of a schema: what goes in (before a transform) or what comes out (after it). */
export type Side = "input" | "output";

/** What converters are asked to do with what JSON Schema cannot say: leave it open instead of failing. */
const OPEN: Readonly<Record<string, Record<string, unknown>>> = {
  zod: { unrepresentable: "any" },
  arktype: { fallback: (context: { readonly base: unknown }) => context.base },
};

type Convert = (options: {
  readonly target: string;
  readonly libraryOptions?: Record<string, unknown> | undefined;
}) => JsonSchema;

/**
 * A schema as JSON Schema 2020-12, through Standard JSON Schema; `undefined` where its library cannot say
 * (valibot: wrap the schema with `toStandardJsonSchema` of `@valibot/to-json-schema`).
 */
export function jsonSchemaOf(schema: Schema, side: Side): JsonSchema | undefined {
  const standard: Schema["~standard"] & { readonly jsonSchema?: { readonly [S in Side]?: Convert } } =
    schema["~standard"];
  try {
    const converted = standard.jsonSchema?.[side]?.({ target: "draft-2020-12", libraryOptions: OPEN[standard.vendor] });
    if (converted === undefined) return undefined;
    const { $schema: _dialect, ...rest } = converted;
    return rest;
  } catch {
    return undefined;
  }
}

/** The same with the definitions that it names in their places; a schema that holds itself keeps the reference. */
export function inlineSchemaOf(schema: Schema, side: Side): JsonSchema | undefined {
  const root = jsonSchemaOf(schema, side);
  const definitions = root?.["$defs"] as { readonly [name: string]: JsonSchema } | undefined;
  if (root === undefined || definitions === undefined) return root;
  const inline = (value: unknown, open: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => inline(item, open));
    if (typeof value !== "object" || value === null) return value;
    const { $ref, ...rest } = value as JsonSchema;
    const name = typeof $ref === "string" ? $ref.replace("#/$defs/", "") : undefined;
    const found = name === undefined || open.includes(name) ? undefined : definitions[name];
    if (found !== undefined && name !== undefined) return inline({ ...found, ...rest }, [...open, name]);
    const members = Object.entries(rest).map(([key, member]) => [key, inline(member, open)]);
    return Object.fromEntries($ref === undefined ? members : [["$ref", $ref], ...members]);
  };
  const { $defs: _inlined, ...schemaItself } = root;
  return inline(schemaItself, []) as JsonSchema;
}

/** The named members of an object schema. */
export function propertiesOf(schema: JsonSchema | undefined): { readonly [name: string]: JsonSchema } | undefined {
  const properties = schema?.["properties"];
  return typeof properties === "object" && properties !== null
    ? (properties as { readonly [name: string]: JsonSchema })
    : undefined;
}

/** The types that a JSON Schema allows, looking through unions; empty where it does not say. */
export function typesOf(schema: JsonSchema): readonly string[] {
  const { type, anyOf, oneOf } = schema;
  const own = typeof type === "string" ? [type] : Array.isArray(type) ? type.map(String) : [];
  const branches = [anyOf, oneOf].flatMap((union) => (Array.isArray(union) ? (union as readonly JsonSchema[]) : []));
  const constants = [schema["const"], ...(Array.isArray(schema["enum"]) ? (schema["enum"] as readonly unknown[]) : [])];
  return [
    ...own,
    ...branches.flatMap(typesOf),
    ...(own.length > 0 ? [] : constants.filter((value) => value !== undefined).map((value) => typeof value)),
  ];
}
