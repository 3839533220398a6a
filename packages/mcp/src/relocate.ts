import type { JsonSchema } from "@openspeed/core";

/** Keywords whose values are no schemas. */
const VALUES = new Set(["const", "enum", "default", "examples", "example"]);
/** Keywords whose values are schemas by names of the author's choice. */
const MAPS = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

/** A schema as a part of another one: what it refers to is found from the new root, at `pointer`. */
export function relocate(schema: JsonSchema, pointer: string): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === "$ref" && typeof value === "string" && value.startsWith("#"))
        return [keyword, `#${pointer}${value.slice(1)}`];
      if (VALUES.has(keyword)) return [keyword, value];
      if (MAPS.has(keyword) && isRecord(value))
        return [
          keyword,
          Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inside(each, pointer)])),
        ];
      return [keyword, inside(value, pointer)];
    }),
  );
}

function inside(value: unknown, pointer: string): unknown {
  if (Array.isArray(value)) return value.map((each) => inside(each, pointer));
  return isRecord(value) ? relocate(value, pointer) : value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
