import type { NamedSchema } from "../model/model.ts";
import { partsOf, type Type } from "../model/type.ts";
import { comment } from "../typescript/comment.ts";
import { declaration } from "../typescript/schemas.ts";
import { schemaText } from "./schema-text.ts";

/**
 * A module with each named schema as a type and as a zod schema. The schemas say their types instead of having them
 * inferred: the compiler reads a thousand of them without computing one, and they may hold each other.
 */
export function schemasFile(schemas: readonly NamedSchema[], head: string): string {
  const done = new Set<string>();
  // What is not there yet when a schema is made is asked for later.
  const refer = (name: string): string => (done.has(name) ? name : `z.lazy(() => ${name})`);
  const texts = inOrder(schemas).map((schema) => {
    const { name, type } = schema;
    const meta = { id: name, ...(type.description !== undefined && { description: type.description }) };
    const text = schemaText(type, { refer, indent: "" });
    done.add(name);
    // A name for what has one already is a schema of its own.
    const alone = /^\w+$/.test(text) ? `z.lazy(() => ${text})` : text;
    const value = `${comment(type, "")}export const ${name}: ZodType<${name}, ${name}> = named(${alone}, ${JSON.stringify(meta)});\n`;
    return `\n${declaration(schema)}${value}`;
  });
  return texts.length === 0 ? `${head}export {};\n` : `${head}${PRELUDE}${texts.join("")}`;
}

/** Inferring the types of a thousand objects costs the compiler a minute and 15 million instantiations; this costs nothing. */
const PRELUDE = `import { z as zod, type ZodType } from "zod";

/** Zod, without inferring what the types beside the schemas say. */
interface Plain
  extends Pick<
    typeof zod,
    "boolean" | "email" | "guid" | "int" | "ipv4" | "ipv6" | "iso" | "never" | "null" | "number" | "string" | "unknown"
  > {
  array(items: ZodType): zod.ZodArray;
  intersection(left: ZodType, right: ZodType): zod.ZodIntersection;
  lazy(schema: () => ZodType): zod.ZodLazy;
  literal(value: Literal | Literal[]): zod.ZodLiteral;
  object(shape: Shape): zod.ZodObject;
  record(key: zod.ZodString, value: ZodType): zod.ZodRecord;
  strictObject(shape: Shape): zod.ZodObject;
  tuple(first: [ZodType, ...ZodType[]], rest: ZodType): ZodType;
  union(options: readonly ZodType[]): zod.ZodUnion;
}
type Literal = string | number | boolean | null;
type Shape = Record<string, ZodType>;
const z: Plain = zod;

function named<T>(schema: ZodType, meta: { readonly id: string; readonly description?: string }): ZodType<T, T> {
  return (schema as ZodType<T, T>).meta(meta);
}
`;

/** What a schema holds comes before it, unless each holds the other. */
function inOrder(schemas: readonly NamedSchema[]): readonly NamedSchema[] {
  const byName = new Map(schemas.map((schema) => [schema.name, schema]));
  const seen = new Set<string>();
  const ordered: NamedSchema[] = [];
  const visit = (schema: NamedSchema): void => {
    if (seen.has(schema.name)) return;
    seen.add(schema.name);
    for (const name of namesIn(schema.type)) {
      const held = byName.get(name);
      if (held !== undefined) visit(held);
    }
    ordered.push(schema);
  };
  schemas.forEach(visit);
  return ordered;
}

function namesIn(type: Type): readonly string[] {
  return type.kind === "ref" ? [type.name] : partsOf(type).flatMap(namesIn);
}
