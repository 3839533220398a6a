import { type JsonSchema, inlineSchemaOf, type Schema, typesOf } from "../schema.ts";
import { isUnchanging } from "./unchanging.ts";

/** Writes a value as JSON text; `undefined` for what JSON leaves out. */
export type Serialize = (value: unknown) => string | undefined;

/**
 * A writer that sends what the schema declares and nothing else, so that a column that was added to a table does not leave
 * the house. It does not validate. `undefined` where JSON Schema does not tell all (changes, unions of objects): the
 * schema itself must run then.
 */
export function makeSerialize(schema: Schema): Serialize | undefined {
  const output = inlineSchemaOf(schema, "output");
  const input = inlineSchemaOf(schema, "input");
  if (output === undefined || input === undefined || !sameShape(input, output)) return undefined;
  const write = writer(output);
  return write !== undefined && isUnchanging(schema) ? write : undefined;
}

/** Whether both sides of a schema are the same, apart from what only one side can say. */
function sameShape(input: unknown, output: unknown): boolean {
  if (typeof input !== "object" || typeof output !== "object" || input === null || output === null)
    return input === output;
  const keys = new Set([...Object.keys(input), ...Object.keys(output)]);
  keys.delete("additionalProperties");
  return [...keys].every(
    (key) => key in input && key in output && sameShape(Reflect.get(input, key), Reflect.get(output, key)),
  );
}

const stringify: Serialize = (value) => JSON.stringify(value);

function writer(schema: JsonSchema): Serialize | undefined {
  if ("$ref" in schema || "allOf" in schema) return undefined;
  const types = typesOf(schema);
  if (!types.includes("object") && !types.includes("array")) return types.length > 0 ? stringify : undefined;
  const branches = [schema["anyOf"], schema["oneOf"]].flatMap((union) =>
    Array.isArray(union) ? (union as readonly JsonSchema[]) : [],
  );
  if (branches.length > 0) {
    const structured = branches.filter((branch) =>
      typesOf(branch).some((type) => type === "object" || type === "array"),
    );
    return structured.length === 1 && structured[0] !== undefined ? writer(structured[0]) : undefined;
  }
  return types.includes("array") ? arrayWriter(schema) : objectWriter(schema);
}

function arrayWriter(schema: JsonSchema): Serialize | undefined {
  const items = schema["items"];
  const write = typeof items === "object" && items !== null ? writer(items as JsonSchema) : undefined;
  if (write === undefined || "prefixItems" in schema) return undefined;
  if (write === stringify) return stringify;
  return (value) => {
    if (!Array.isArray(value)) return stringify(value);
    let text = "[";
    for (let i = 0; i < value.length; i++) text += `${i === 0 ? "" : ","}${write(value[i]) ?? "null"}`;
    return `${text}]`;
  };
}

function objectWriter(schema: JsonSchema): Serialize | undefined {
  const extra = schema["additionalProperties"];
  if (extra !== undefined && extra !== false) return undefined;
  const members: [name: string, key: string, write: Serialize][] = [];
  for (const [name, property] of Object.entries((schema["properties"] ?? {}) as Record<string, JsonSchema>)) {
    const write = writer(property);
    if (write === undefined) return undefined;
    members.push([name, `${JSON.stringify(name)}:`, write]);
  }
  return (value) => {
    if (typeof value !== "object" || value === null) return stringify(value);
    let text = "";
    for (const [name, key, write] of members) {
      const member = write(Reflect.get(value, name));
      if (member !== undefined) text += text === "" ? key + member : `,${key}${member}`;
    }
    return `{${text}}`;
  };
}
