/** What a JSON Schema says about a field, as far as a form can show it. */
import type { JsonSchema } from "@openspeed/core";

/** How a value is asked for. */
export type Kind = "boolean" | "choice" | "file" | "files" | "json" | "list" | "number" | "object" | "text" | "union";

export interface Reading {
  readonly kind: Kind;
  /** Without references, and without `null` among its types. */
  readonly schema: JsonSchema;
  readonly nullable: boolean;
  /** For `choice`: the values that it may have. */
  readonly choices: readonly unknown[];
  /** For `union`. */
  readonly variants: readonly JsonSchema[];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Blob);
}

function schemasOf(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A schema with what it refers to in its place, one level deep; a reference that nothing answers is an open schema. */
export function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let actual = schema;
  for (let steps = 0; typeof actual["$ref"] === "string" && steps < 20; steps++) {
    const { $ref, ...rest } = actual;
    actual = { ...at(root, $ref), ...rest };
  }
  const parts = schemasOf(actual["allOf"]).map((part) => resolved(part, root));
  if (parts.length === 0) return actual;
  const { allOf: _merged, ...own } = actual;
  return [own, ...parts].reduce<JsonSchema>((whole, part) => merged(whole, part), {});
}

function at(root: JsonSchema, ref: string): JsonSchema {
  let place: unknown = root;
  for (const key of ref.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    const name = decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
    place = isObject(place) ? place[name] : undefined;
  }
  return isObject(place) ? place : {};
}

function merged(a: JsonSchema, b: JsonSchema): JsonSchema {
  return {
    ...a,
    ...b,
    ...((a["properties"] ?? b["properties"]) !== undefined && {
      properties: { ...(a["properties"] as object | undefined), ...(b["properties"] as object | undefined) },
    }),
    ...((a["required"] ?? b["required"]) !== undefined && { required: [...requiredOf(a), ...requiredOf(b)] }),
  };
}

export function requiredOf({ required }: JsonSchema): readonly string[] {
  return Array.isArray(required) ? required.map(String) : [];
}

export function propertiesOf({ properties }: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return isObject(properties)
    ? Object.entries(properties).map(([name, schema]) => [name, isObject(schema) ? schema : {}])
    : [];
}

const isNull = (schema: JsonSchema): boolean => schema["type"] === "null" || schema["const"] === null;

export function readSchema(given: JsonSchema, root: JsonSchema): Reading {
  const schema = resolved(given, root);
  const union = schemasOf(schema["anyOf"] ?? schema["oneOf"]).map((each) => resolved(each, root));
  if (union.length > 0) {
    const variants = union.filter((each) => !isNull(each));
    const nullable = variants.length < union.length;
    const { anyOf: _any, oneOf: _one, ...around } = schema;
    const only = variants.length === 1 ? variants[0] : undefined;
    if (only !== undefined) return { ...readSchema({ ...only, ...around }, root), nullable };
    const constants = variants.map((each) => each["const"]);
    if (constants.every((each) => each !== undefined && !isObject(each)))
      return { kind: "choice", schema: around, nullable, choices: constants, variants: [] };
    return { kind: "union", schema: around, nullable, choices: [], variants };
  }
  const types = (Array.isArray(schema["type"]) ? schema["type"] : [schema["type"]]).map(String);
  const nullable = types.includes("null");
  const plain = types.filter((type) => type !== "null");
  const reading = (kind: Kind, more: Partial<Reading> = {}): Reading => ({
    kind,
    schema: nullable && plain.length === 1 ? { ...schema, type: plain[0] } : schema,
    nullable,
    choices: [],
    variants: [],
    ...more,
  });
  const choices = Array.isArray(schema["enum"])
    ? schema["enum"]
    : schema["const"] === undefined
      ? []
      : [schema["const"]];
  if (choices.length > 0)
    return reading("choice", {
      choices: choices.filter((each) => each !== null),
      nullable: nullable || choices.includes(null),
    });
  if (plain.length > 1) return reading("union", { variants: plain.map((type) => ({ ...schema, type })) });
  switch (plain[0]) {
    case "boolean":
      return reading("boolean");
    case "integer":
    case "number":
      return reading("number");
    case "string":
      return reading(isFile(schema) ? "file" : "text");
    case "array": {
      const items = isObject(schema["items"]) ? resolved(schema["items"], root) : {};
      return reading(isFile(items) ? "files" : "list");
    }
    case "object":
      return reading("object");
    default:
      return reading(propertiesOf(schema).length > 0 ? "object" : "json");
  }
}

function isFile(schema: JsonSchema): boolean {
  return schema["type"] === "string" && (schema["contentMediaType"] !== undefined || schema["format"] === "binary");
}

/** What a form begins with: what is required, as empty as it may be. */
export function initialOf(given: JsonSchema, root: JsonSchema, depth = 0): unknown {
  const { kind, schema, nullable, choices, variants } = readSchema(given, root);
  if (schema["default"] !== undefined) return schema["default"];
  if (nullable) return null;
  switch (kind) {
    case "choice":
      return choices[0];
    case "boolean":
      return false;
    case "list":
      return [];
    case "object": {
      if (depth > 6) return {};
      const required = new Set(requiredOf(schema));
      const members = propertiesOf(schema)
        .filter(([name]) => required.has(name))
        .map(([name, member]) => [name, initialOf(member, root, depth + 1)] as const);
      return Object.fromEntries(members.filter(([, value]) => value !== undefined));
    }
    case "union":
      return variants[0] === undefined ? undefined : initialOf(variants[0], root, depth + 1);
    case "text":
      return depth > 0 ? "" : undefined;
    case "file":
    case "files":
    case "json":
    case "number":
      return undefined;
  }
}

/** The variant of a union that a value most likely is. */
export function variantOf(value: unknown, variants: readonly JsonSchema[], root: JsonSchema): number {
  const score = (variant: JsonSchema): number => {
    const { kind, schema, choices } = readSchema(variant, root);
    if (kind === "choice") return choices.includes(value) ? 3 : 0;
    if (kind === "object" && isObject(value)) {
      const fixed = propertiesOf(schema).filter(([, member]) => resolved(member, root)["const"] !== undefined);
      if (fixed.some(([name, member]) => resolved(member, root)["const"] !== value[name])) return 1;
      return fixed.length > 0 ? 4 : 2;
    }
    const fits = { boolean: "boolean", number: "number", text: "string" } as Readonly<Record<string, string>>;
    if (kind === "list") return Array.isArray(value) ? 2 : 0;
    return fits[kind] === typeof value ? 2 : 0;
  };
  const scores = variants.map(score);
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

/** A union's variant in a word. */
export function labelOf(variant: JsonSchema, root: JsonSchema, index: number): string {
  const { kind, schema, choices } = readSchema(variant, root);
  if (typeof schema["title"] === "string") return schema["title"];
  const fixed = propertiesOf(schema)
    .map(([, member]) => resolved(member, root)["const"])
    .find((each) => each !== undefined);
  if (fixed !== undefined) return String(fixed);
  if (choices.length > 0) return choices.map(String).join(" | ");
  return kind === "json" ? `Option ${index + 1}` : typeWord(schema, kind);
}

function typeWord({ type, format }: JsonSchema, kind: Kind): string {
  if (kind === "file" || kind === "files") return kind;
  return typeof format === "string" ? format : typeof type === "string" ? type : kind;
}

/** What a value may be, in a few words: `integer · 1–100`. */
export function hintOf({ kind, schema, nullable, choices }: Reading): string {
  const said = [
    kind === "choice"
      ? choices.length > 1
        ? "choice"
        : "fixed"
      : kind === "union"
        ? "one of"
        : typeWord(schema, kind),
  ];
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, multipleOf, contentMediaType } = schema;
  const limits = [
    range(minimum ?? schema["exclusiveMinimum"], maximum ?? schema["exclusiveMaximum"], ""),
    range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " items"),
    typeof multipleOf === "number" && multipleOf !== 1 ? `multiple of ${multipleOf}` : "",
    typeof contentMediaType === "string" && contentMediaType !== "application/octet-stream" ? contentMediaType : "",
  ];
  return [...said, ...limits, nullable ? "or null" : ""].filter((word) => word !== "").join(" · ");
}

function range(low: unknown, high: unknown, unit: string): string {
  // zod says of every whole number that it is a safe one.
  const from = typeof low === "number" && low > Number.MIN_SAFE_INTEGER ? low : undefined;
  const to = typeof high === "number" && high < Number.MAX_SAFE_INTEGER ? high : undefined;
  if (from === undefined) return to === undefined ? "" : `≤ ${to}${unit}`;
  return to === undefined ? `≥ ${from}${unit}` : from === to ? `${from}${unit}` : `${from}–${to}${unit}`;
}
