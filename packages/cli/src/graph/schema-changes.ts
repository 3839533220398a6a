import type { GraphSchema, JsonSchema } from "@openspeed/core";
import { sameJson } from "./same-json.ts";

type Side = "input" | "output";

/** How a schema changed, in words: `+ state (required), - q, ~ limit`; `undefined` if callers see no difference. */
export function schemaChange(
  before: GraphSchema | null | undefined,
  after: GraphSchema | null | undefined,
  side: Side,
): string | undefined {
  if (sameJson(before, after)) return undefined;
  if (!before) return "added";
  if (!after) return "removed";
  return fieldChanges(before[side], after[side]) ?? "changed";
}

function fieldChanges(before: JsonSchema, after: JsonSchema): string | undefined {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  if (old === undefined || now === undefined) return undefined;
  const parts: string[] = [];
  for (const [name, { required }] of now) {
    if (!old.has(name)) parts.push(`+ ${name}${required ? " (required)" : ""}`);
  }
  for (const name of old.keys()) if (!now.has(name)) parts.push(`- ${name}`);
  for (const [name, { required, schema }] of now) {
    const was = old.get(name);
    if (was === undefined) continue;
    if (was.required !== required) parts.push(`~ ${name} (now ${required ? "required" : "optional"})`);
    else if (!sameJson(was.schema, schema)) parts.push(`~ ${name}`);
  }
  return parts.length === 0 ? undefined : parts.join(", ");
}

interface Field {
  readonly required: boolean;
  readonly schema: unknown;
}

function fieldsOf(schema: JsonSchema): ReadonlyMap<string, Field> | undefined {
  const properties: unknown = schema["properties"];
  if (typeof properties !== "object" || properties === null) return undefined;
  const required: unknown = schema["required"];
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  return new Map(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [
      name,
      { required: names.includes(name), schema: value },
    ]),
  );
}
