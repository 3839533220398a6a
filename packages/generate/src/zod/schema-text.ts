import type { ArrayType, NumberType, ObjectType, TextType, Type } from "../model/type.ts";
import { property } from "../typescript/comment.ts";

/** How a schema is written. `refer` writes the schema that a name means, wherever it stands. */
export interface SchemaWriting {
  readonly refer: (name: string) => string;
  readonly indent: string;
  /** Fields that may be left out get what the document says stands in their place. */
  readonly defaults?: boolean;
}

/** A type as a zod 4 schema. */
export function schemaText(type: Type, writing: SchemaWriting): string {
  switch (type.kind) {
    case "any":
      return "z.unknown()";
    case "never":
      return "z.never()";
    case "ref":
      return writing.refer(type.name);
    case "text":
      return textSchema(type);
    case "number":
      return numberSchema(type);
    case "boolean":
      return "z.boolean()";
    case "null":
      return "z.null()";
    case "literal": {
      const [first] = type.values;
      return `z.literal(${type.values.length === 1 ? JSON.stringify(first) : JSON.stringify(type.values)})`;
    }
    case "array":
      return arraySchema(type, writing);
    case "object":
      return objectSchema(type, writing);
    case "union": {
      const others = type.of.filter((each) => each.kind !== "null");
      const [only] = others;
      const nullable = others.length < type.of.length ? ".nullable()" : "";
      if (others.length === 1 && only !== undefined) return schemaText(only, writing) + nullable;
      return `z.union([${others.map((each) => schemaText(each, writing)).join(", ")}])${nullable}`;
    }
    case "intersection":
      return type.of.map((each) => schemaText(each, writing)).reduce((all, each) => `z.intersection(${all}, ${each})`);
  }
}

/** What zod checks by itself. What it does not know is an annotation (JSON Schema 2020-12 §7.2.1). */
const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "z.iso.datetime({ offset: true })",
  date: "z.iso.date()",
  email: "z.email()",
  uuid: "z.guid()",
  ipv4: "z.ipv4()",
  ipv6: "z.ipv6()",
};

function textSchema({ format, min, max, pattern }: TextType): string {
  const base = (format === undefined ? undefined : FORMATS[format]) ?? "z.string()";
  const expression = pattern === undefined ? undefined : patternText(pattern);
  const checks = [
    min === undefined || min === 0 ? "" : `.min(${min})`,
    max === undefined ? "" : `.max(${max})`,
    expression === undefined ? "" : `.regex(${expression})`,
  ];
  return base + checks.join("");
}

/** As a literal, so that nothing is compiled from a text at run time; `undefined` for what JavaScript cannot read. */
function patternText(pattern: string): string | undefined {
  for (const flags of ["u", ""]) {
    try {
      return String(new RegExp(pattern, flags));
    } catch {
      continue;
    }
  }
  return undefined;
}

function numberSchema({ integer, min, max, above, below, multipleOf }: NumberType): string {
  const checks = [
    min === undefined ? "" : `.min(${min})`,
    max === undefined || (integer && max > Number.MAX_SAFE_INTEGER) ? "" : `.max(${max})`,
    above === undefined ? "" : `.gt(${above})`,
    below === undefined ? "" : `.lt(${below})`,
    multipleOf === undefined ? "" : `.multipleOf(${multipleOf})`,
  ];
  return (integer ? "z.int()" : "z.number()") + checks.join("");
}

function arraySchema({ items, first, min, max }: ArrayType, writing: SchemaWriting): string {
  const inner = schemaText(items, writing);
  if (first !== undefined) return `z.tuple([${first.map((each) => schemaText(each, writing)).join(", ")}], ${inner})`;
  const size = [min === undefined || min === 0 ? "" : `.min(${min})`, max === undefined ? "" : `.max(${max})`];
  return `z.array(${inner})${size.join("")}`;
}

function objectSchema({ members, rest }: ObjectType, writing: SchemaWriting): string {
  const others = typeof rest === "string" ? "z.unknown()" : schemaText(rest, writing);
  if (members.length === 0) return rest === "closed" ? "z.strictObject({})" : `z.record(z.string(), ${others})`;
  const inner = { ...writing, indent: `${writing.indent}  ` };
  const lines = members.map(
    ({ name, required, type }) =>
      `${inner.indent}${name === "__proto__" ? '["__proto__"]' : property(name)}: ${memberText(type, required, inner)},\n`,
  );
  const make = rest === "closed" ? "z.strictObject" : "z.object";
  const more = typeof rest === "string" ? "" : rest.kind === "any" ? ".loose()" : `.catchall(${others})`;
  return `${make}({\n${lines.join("")}${writing.indent}})${more}`;
}

function memberText(type: Type, required: boolean, writing: SchemaWriting): string {
  const text = schemaText(type, writing);
  const described = type.description === undefined ? "" : `.describe(${JSON.stringify(type.description)})`;
  if (required) return text + described;
  const fits = writing.defaults === true && type.default !== undefined && isValue(type, type.default);
  return `${text}${fits ? `.default(${JSON.stringify(type.default)})` : ".optional()"}${described}`;
}

/** Documents say defaults that their own schemas refuse: `"30"` for a number. */
function isValue(type: Type, value: unknown): boolean {
  if (type.kind === "text") return typeof value === "string" && type.format === undefined && type.pattern === undefined;
  if (type.kind === "number") return typeof value === "number" && (!type.integer || Number.isInteger(value));
  if (type.kind === "boolean") return typeof value === "boolean";
  return type.kind === "literal" && type.values.some((each) => each === value);
}
