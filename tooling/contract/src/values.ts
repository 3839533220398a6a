/** Values that a JSON Schema takes: most of them at least, since patterns can ask for more than a generator knows. */
import fc from "fast-check";
import { type ContractDocument, followed, isJson, type Json } from "./operations.ts";

const FORMATS: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
  uuid: () => fc.uuid({ version: 4 }),
  email: () => fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `${name}@example.com`),
  uri: () => fc.webUrl(),
  date: () => moments().map((text) => text.slice(0, 10)),
  "date-time": () => moments(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
};

function moments(): fc.Arbitrary<string> {
  const [min, max] = [new Date("1971-01-01T00:00:00Z"), new Date("2099-01-01T00:00:00Z")];
  return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
}

export function valuesOf(document: ContractDocument, given: unknown, depth: number = 0): fc.Arbitrary<unknown> {
  const { $ref, ...beside } = isJson(given) ? given : {};
  const schema = $ref === undefined ? beside : { ...followed(document, given).value, ...beside };
  const of = (inner: unknown): fc.Arbitrary<unknown> => valuesOf(document, inner, depth + 1);
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as readonly unknown[]));
  const union = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(union) && union.length > 0) return branch(union, depth, of);
  if (Array.isArray(schema["allOf"])) {
    const { allOf, ...rest } = schema;
    return of(
      (allOf as readonly unknown[]).reduce<Json>((all, each) => joined(all, followed(document, each).value), rest),
    );
  }
  const { type } = schema;
  const types = Array.isArray(type) ? type.map(String) : typeof type === "string" ? [type] : [];
  if (types.length > 1)
    return branch(
      types.map((one) => ({ ...schema, type: one })),
      depth,
      of,
    );
  switch (types[0] ?? (isJson(schema["properties"]) ? "object" : undefined)) {
    case "string":
      return strings(schema);
    case "integer":
      return fc.integer(bounds(schema, -1000, 1000));
    case "number": {
      const { min, max } = bounds(schema, -1000, 1000);
      return fc.oneof(fc.integer({ min: Math.ceil(min), max: Math.floor(max) }), fc.double({ min, max, noNaN: true }));
    }
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const minLength = size(schema, "minItems") ?? 0;
      const maxLength = Math.min(size(schema, "maxItems") ?? minLength + 3, depth > 4 ? minLength : minLength + 3);
      // Also where a schema holds itself there is an end.
      return maxLength === 0 ? fc.constant([]) : fc.array(of(schema["items"] ?? {}), { minLength, maxLength });
    }
    case "object":
      return objects(schema, depth, of);
    default:
      return fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  }
}

type Of = (schema: unknown) => fc.Arbitrary<unknown>;

function branch(branches: readonly unknown[], depth: number, of: Of): fc.Arbitrary<unknown> {
  // Deep down the simplest ends it: what refers on comes last.
  const simple = branches.filter((each) => isJson(each) && each["$ref"] === undefined && each["type"] !== "array");
  const chosen = depth > 4 && simple.length > 0 ? simple : branches;
  return fc.oneof(...chosen.map(of));
}

function objects(schema: Json, depth: number, of: Of): fc.Arbitrary<unknown> {
  const { properties, required, additionalProperties } = schema;
  const needed = Array.isArray(required) ? required.map(String) : [];
  const entries = Object.entries(isJson(properties) ? properties : {}).filter(
    ([name]) => depth <= 4 || needed.includes(name),
  );
  const known = fc.record(Object.fromEntries(entries.map(([name, each]) => [name, of(each)])), {
    requiredKeys: needed.filter((name) => entries.some(([each]) => each === name)),
  });
  if (!isJson(additionalProperties) || depth > 4) return known;
  const more = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), of(additionalProperties), { maxKeys: 3 });
  return fc.tuple(more, known).map(([others, own]) => ({ ...others, ...own }));
}

function strings(schema: Json): fc.Arbitrary<unknown> {
  const { format, pattern } = schema;
  const known = typeof format === "string" ? FORMATS[format] : undefined;
  if (known !== undefined) return known();
  const minLength = size(schema, "minLength") ?? 0;
  const maxLength = size(schema, "maxLength") ?? minLength + 12;
  const plain = fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 40) });
  if (typeof pattern !== "string")
    return fc.oneof(plain, fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 12), unit: "grapheme" }));
  try {
    return fc
      .stringMatching(new RegExp(pattern))
      .filter((text) => text.length >= minLength && text.length <= maxLength);
  } catch {
    return plain; // look-arounds, for one, are not generated
  }
}

function size(schema: Json, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}

function bounds(schema: Json, low: number, high: number): { readonly min: number; readonly max: number } {
  const [above, below] = [size(schema, "exclusiveMinimum"), size(schema, "exclusiveMaximum")];
  const min = size(schema, "minimum") ?? (above === undefined ? undefined : above + 1);
  const max = size(schema, "maximum") ?? (below === undefined ? undefined : below - 1);
  const from = Math.max(min ?? Math.min(low, max ?? low), -(2 ** 31));
  return { min: from, max: Math.min(max ?? Math.max(high, from), Math.max(high, from + 1000)) };
}

function joined(first: Json, other: Json): Json {
  const properties = { ...(first["properties"] as Json | undefined), ...(other["properties"] as Json | undefined) };
  const required = [first["required"], other["required"]].flatMap((names) => (Array.isArray(names) ? names : []));
  return {
    ...other,
    ...first,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}
