/** A schema and what its references mean, every definition under a name. */
import type { JsonSchema } from "@openspeed/core";
import { componentName } from "./names.ts";

export type Definitions = Readonly<Record<string, JsonSchema>>;

export interface Defined {
  /** Without its definitions. */
  readonly root: JsonSchema;
  readonly definitions: Definitions;
}

export const LOCAL = "#/$defs/";

/**
 * Takes a schema apart. Schemas that hold themselves are definitions even where nobody named them: a library calls them
 * `__schema0`, or refers to the root (`#`), which would be the whole document here. They are called after their owner.
 */
export function definedIn(schema: JsonSchema, owner: string): Defined {
  const { $defs, ...rest } = schema;
  const given = Object.entries(isRecord($defs) ? ($defs as Definitions) : {});
  const holdsItself = JSON.stringify(schema).includes('"$ref":"#"');
  const anonymous = given.map(([name]) => name).filter((name) => /^__schema\d+$/.test(name));
  const named = [...(holdsItself ? ["#"] : []), ...anonymous].map((name, i) => [
    name,
    i === 0 ? owner : `${owner}${i + 1}`,
  ]);
  const names = new Map(named as [string, string][]);
  const nameOf = (name: string): string => componentName(names.get(name) ?? name);
  const renamed = (reference: string): string =>
    reference === "#" || reference.startsWith(LOCAL) ? LOCAL + nameOf(definitionIn(reference)) : reference;
  const definitions = Object.fromEntries(given.map(([name, each]) => [nameOf(name), withReferences(each, renamed)]));
  const root = withReferences(rest, renamed);
  if (!holdsItself) return { root, definitions };
  return { root: { $ref: LOCAL + nameOf("#") }, definitions: { ...definitions, [nameOf("#")]: root } };
}

/** RFC 6901 §3, in a URI fragment (§6) or as some libraries write it, without its escapes. */
function definitionIn(reference: string): string {
  const name = reference.replace(LOCAL, "").replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Keywords whose values are no schemas. */
const VALUES = new Set(["const", "enum", "default", "examples", "example"]);

/** The schema with other words for its references. */
export function withReferences(schema: JsonSchema, rename: (reference: string) => string): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword, value]) => !isEverySafeInteger(keyword, value))
      .map(([keyword, value]) => {
        if (keyword === "$ref" && typeof value === "string") return [keyword, rename(value)];
        if (VALUES.has(keyword)) return [keyword, value];
        if (keyword === "properties" || keyword === "patternProperties" || keyword === "$defs")
          return [keyword, isRecord(value) ? mapped(value, (each) => within(each, rename)) : value];
        return [keyword, within(value, rename)];
      }),
  );
}

/** What every integer of JSON in JavaScript is; zod says it of each, and readers need not. */
function isEverySafeInteger(keyword: string, value: unknown): boolean {
  return (
    (keyword === "minimum" && value === Number.MIN_SAFE_INTEGER) ||
    (keyword === "maximum" && value === Number.MAX_SAFE_INTEGER)
  );
}

function within(value: unknown, rename: (reference: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => within(each, rename));
  return isRecord(value) ? withReferences(value, rename) : value;
}

function mapped(record: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Equal for definitions that mean the same, whatever they refer to included. */
export function meaning(definition: JsonSchema, definitions: Definitions): string {
  const reached = new Set<string>();
  const texts = [canonical(definition)];
  for (const text of texts) {
    for (const [, name = ""] of text.matchAll(/"\$ref":"#\/\$defs\/([^"]*)"/g)) {
      const next = definitions[name];
      if (next === undefined || reached.has(name)) continue;
      reached.add(name);
      texts.push(canonical(next));
    }
  }
  return texts.join("\n");
}

/** Sides that differ only in what is said about undeclared members are the same to a reader. */
function canonical(schema: JsonSchema): string {
  return JSON.stringify(schema, (key, value: unknown) =>
    key === "additionalProperties" && value === false ? undefined : sorted(value),
  );
}

function sorted(value: unknown): unknown {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
