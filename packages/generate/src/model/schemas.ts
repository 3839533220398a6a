import { isRecord, type Json, listOf, recordOf, textOf } from "../record.ts";
import type { NamedSchema } from "./model.ts";
import { makeNames, pascal } from "./names.ts";
import { type At, below, entriesOf, pointerOf, type Reading } from "./reading.ts";
import { allOf, ANY, type Member, type Said, type Scalar, type Type, unionOf } from "./type.ts";

/** Reads JSON Schemas (2020-12, as OpenAPI 3.1 has them) into types; what is referred to gets a name. */
export interface Schemas {
  typeOf(schema: unknown, at: At): Type;
  /** What a reference stands for, as far as it is known by now. */
  resolve(type: Type): Type;
  /** All that have a name, by name. Whatever is to be read has been read before. */
  named(): readonly NamedSchema[];
}

const NULL: Type = { kind: "null" };

export function makeSchemas(reading: Reading): Schemas {
  const nameFor = makeNames();
  const names = new Map<string, string>();
  const types = new Map<string, Type>();
  const { root } = reading.source;
  const own = recordOf(recordOf(recordOf(reading.source.files.get(root))["components"])["schemas"]);
  const places = Object.keys(own).map((key): At => ({ address: root, path: ["components", "schemas", key] }));
  // Those of the document first, so that no other takes their names.
  for (const at of places) names.set(pointerOf(at), nameFor(pascal(at.path.at(-1) ?? "")));

  function refer(ref: string, at: At): Type {
    const found = reading.target(ref, at);
    const pointer = pointerOf(found.at);
    let name = names.get(pointer);
    if (name === undefined) names.set(pointer, (name = nameFor(pascal(nameIn(found.at)))));
    define(name, found.value, found.at);
    return { kind: "ref", name };
  }

  function define(name: string, schema: unknown, at: At): void {
    if (types.has(name)) return;
    types.set(name, ANY); // while it is read it may refer to itself
    types.set(name, typeOf(schema, at));
  }

  function typeOf(schema: unknown, at: At): Type {
    if (schema === undefined || schema === true) return ANY;
    if (schema === false) return { kind: "never" };
    if (!isRecord(schema)) {
      throw reading.fault(at, "It is no schema.", 'Write an object, such as { "type": "string" }.');
    }
    for (const keyword of UNSAID) {
      if (schema[keyword] !== undefined) reading.note(at, `${keyword} is not checked by what is generated.`);
    }
    const parts: Type[] = [];
    if (typeof schema["$ref"] === "string") parts.push(refer(schema["$ref"], at));
    parts.push(ownType(schema, at));
    for (const [i, part] of listOf(schema["allOf"]).entries()) parts.push(typeOf(part, below(at, "allOf", i)));
    for (const keyword of ["oneOf", "anyOf"]) {
      const variants = listOf(schema[keyword]);
      if (variants.every(onlyRequires)) continue; // of none, too
      parts.push(unionOf(variants.map((variant, i) => typeOf(variant, below(at, keyword, i)))));
    }
    const said = saidIn(schema);
    const type = allOf(parts, said);
    return schema["nullable"] === true && type.kind !== "any" ? unionOf([type, NULL], said) : type;
  }

  function ownType(schema: Json, at: At): Type {
    const named = listOf(schema["type"]).map(String);
    const kinds = typeof schema["type"] === "string" ? [schema["type"]] : named.length > 0 ? named : inferred(schema);
    const values = "const" in schema ? [schema["const"]] : schema["enum"];
    if (Array.isArray(values) && !kinds.includes("array") && !kinds.includes("object") && values.every(isScalar)) {
      const nullable = kinds.includes("null") || schema["nullable"] === true;
      return { kind: "literal", values: [...new Set<Scalar>([...values, ...(nullable ? [null] : [])])] };
    }
    return kinds.length === 0 ? ANY : unionOf(kinds.map((kind) => ofKind(kind, schema, at)));
  }

  function ofKind(kind: string, schema: Json, at: At): Type {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    switch (kind) {
      case "string": {
        const { format, contentMediaType, contentEncoding, minLength, maxLength, pattern } = schema;
        const binary = contentMediaType !== undefined && contentEncoding === undefined;
        return {
          kind: "text",
          ...(binary ? { format: "binary" } : typeof format === "string" && { format }),
          ...numbers({ min: minLength, max: maxLength }),
          ...(typeof pattern === "string" && { pattern }),
        };
      }
      case "integer":
      case "number":
        return {
          kind: "number",
          integer: kind === "integer",
          ...numbers({
            min: exclusiveMinimum === true ? undefined : minimum,
            max: exclusiveMaximum === true ? undefined : maximum,
            // Files that a 3.0 document refers to are as they were: there it is a flag.
            above: exclusiveMinimum === true ? minimum : exclusiveMinimum,
            below: exclusiveMaximum === true ? maximum : exclusiveMaximum,
            multipleOf,
          }),
        };
      case "boolean":
      case "null":
        return { kind };
      case "array":
        return arrayOf(schema, at);
      case "object":
        return objectOf(schema, at);
      default:
        reading.note(at, `"${kind}" is no type; anything is taken.`);
        return ANY;
    }
  }

  function arrayOf(schema: Json, at: At): Type {
    const first = listOf(schema["prefixItems"]).map((item, i) => typeOf(item, below(at, "prefixItems", i)));
    const items = typeOf(schema["items"], below(at, "items"));
    const size = numbers({ min: schema["minItems"], max: schema["maxItems"] });
    return { kind: "array", items, ...(first.length > 0 && { first }), ...size };
  }

  function objectOf(schema: Json, at: At): Type {
    const required = new Set(listOf(schema["required"]).map(String));
    const members = entriesOf(schema["properties"], below(at, "properties")).map(([name, member, place]): Member => ({
      name,
      required: required.has(name),
      type: typeOf(member, place),
    }));
    const others = [...required].filter((name) => !members.some((member) => member.name === name));
    const patterns = entriesOf(schema["patternProperties"], below(at, "patternProperties"));
    const more = schema["additionalProperties"] ?? schema["unevaluatedProperties"];
    const types = [
      ...patterns.map(([, each, place]) => typeOf(each, place)),
      ...(isRecord(more) ? [typeOf(more, below(at, "additionalProperties"))] : more === true ? [ANY] : []),
    ];
    const closed = more === false && patterns.length === 0;
    return {
      kind: "object",
      members: [...members, ...others.map((name): Member => ({ name, required: true, type: ANY }))],
      rest: closed ? "closed" : types.length > 0 ? unionOf(types) : "open",
    };
  }

  return {
    typeOf,
    resolve(type) {
      for (let at = type, hops = 0; ; hops++) {
        if (at.kind !== "ref" || hops > 50) return at;
        at = types.get(at.name) ?? ANY;
      }
    },
    named() {
      for (const at of places) {
        const name = names.get(pointerOf(at));
        if (name !== undefined) define(name, own[at.path.at(-1) ?? ""], at);
      }
      return [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, type]) => ({ name, type }));
    },
  };
}

/** What neither TypeScript nor a plain validator says. */
const UNSAID = ["not", "if", "dependentRequired", "dependentSchemas", "propertyNames", "contains", "$dynamicRef"];
const ANNOTATIONS = new Set(["title", "description", "required"]);

/** `anyOf: [{ required: ["a"] }, { required: ["b"] }]` narrows an object that is written beside it. */
function onlyRequires(schema: unknown): boolean {
  return isRecord(schema) && Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword));
}

function inferred(schema: Json): readonly string[] {
  const has = (...keywords: readonly string[]): boolean => keywords.some((keyword) => schema[keyword] !== undefined);
  if (has("properties", "additionalProperties", "patternProperties", "required")) return ["object"];
  if (has("items", "prefixItems")) return ["array"];
  if (has("contentMediaType") || (has("pattern", "minLength", "maxLength") && !has("$ref"))) return ["string"];
  return [];
}

function nameIn({ address, path }: At): string {
  const known = path.findLastIndex((key) => /^(?:schemas|definitions|\$defs)$/.test(key));
  const told = path.slice(known + 1).filter((key) => !/^(?:properties|items|schema|content|paths)$/.test(key));
  const file = address.replace(/^.*\//, "").replace(/\.\w+$/, "");
  return told.length > 0 ? told.join(" ") : file;
}

function saidIn(schema: Json): Said {
  const description = textOf(schema["description"]) ?? textOf(schema["title"]);
  return {
    ...(description !== undefined && { description }),
    ...(schema["deprecated"] === true && { deprecated: true }),
    ...(schema["default"] !== undefined && { default: schema["default"] }),
  };
}

function numbers<Name extends string>(given: { readonly [N in Name]: unknown }): { readonly [N in Name]?: number } {
  const found: { [N in Name]?: number } = {};
  for (const name in given) {
    const value = given[name];
    if (typeof value === "number" && Number.isFinite(value)) found[name] = value;
  }
  return found;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
