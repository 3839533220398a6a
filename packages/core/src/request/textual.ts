import { type JsonSchema, propertiesOf, typesOf } from "../schema.ts";
import type { Fields } from "./query.ts";

type Convert = (text: string) => unknown;
type Read = (value: string | string[]) => unknown;

// The grammar of JSON's numbers, so that a text has one meaning: no hexadecimal, no blanks, no leading zeros.
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;

function toNumber(text: string): unknown {
  if (!NUMBER.test(text)) return text;
  const value = Number(text);
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value)) ? value : text;
}

const toBoolean: Convert = (text) => (text === "true" ? true : text === "false" ? false : text);
const asIs: Convert = (text) => text;

/** What cannot be converted stays a text, and the schema says what is wrong with it. */
function converter(types: readonly string[]): Convert {
  if (types.includes("string") || types.length === 0) return asIs;
  if (types.includes("number") || types.includes("integer")) return toNumber;
  return types.includes("boolean") ? toBoolean : asIs;
}

function reader(schema: JsonSchema): Read | undefined {
  const types = typesOf(schema);
  if (types.includes("array")) {
    const items = schema["items"];
    const convert = converter(typeof items === "object" && items !== null ? typesOf(items as JsonSchema) : []);
    return (value) => (typeof value === "string" ? [convert(value)] : value.map(convert));
  }
  const convert = converter(types);
  return convert === asIs ? undefined : (value) => (typeof value === "string" ? convert(value) : value);
}

/**
 * Values that travel as text (parameters, query, headers, cookies, forms) become what the schema's input declares:
 * numbers, booleans, lists. `undefined` if there is nothing to change.
 */
export function textReader(schema: JsonSchema | undefined): ((fields: Fields) => Record<string, unknown>) | undefined {
  const readers: [name: string, read: Read][] = [];
  for (const [name, property] of Object.entries(propertiesOf(schema) ?? {})) {
    const read = reader(property);
    if (read !== undefined) readers.push([name, read]);
  }
  if (readers.length === 0) return undefined;
  return (fields) => {
    const values: Record<string, unknown> = fields;
    for (const [name, read] of readers) {
      const value = fields[name];
      if (value !== undefined) values[name] = read(value);
    }
    return values;
  };
}
