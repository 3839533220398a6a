import type { Field } from "../model/model.ts";
import type { ObjectType, Type } from "../model/type.ts";
import { comment, property } from "./comment.ts";

/** How a type is written. `refer` writes the name of a named schema. */
export interface Writing {
  readonly refer: (name: string) => string;
  readonly indent: string;
}

export function typeText(type: Type, writing: Writing): string {
  switch (type.kind) {
    case "any":
      return "unknown";
    case "never":
      return "never";
    case "ref":
      return writing.refer(type.name);
    case "text":
      return "string";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "literal":
      return type.values.map((value) => JSON.stringify(value)).join(" | ");
    case "array": {
      const items = typeText(type.items, writing);
      const first = type.first?.map((each) => typeText(each, writing));
      if (first !== undefined) return `readonly [${[...first, `...(${items})[]`].join(", ")}]`;
      return /^[\w.]+$/.test(items) ? `readonly ${items}[]` : `readonly (${items})[]`;
    }
    case "object":
      return objectText(type, writing);
    case "union":
      return type.of.map((each) => typeText(each, writing)).join(" | ");
    case "intersection":
      return type.of
        .map((each) =>
          each.kind === "union" || each.kind === "literal" ? `(${typeText(each, writing)})` : typeText(each, writing),
        )
        .join(" & ");
  }
}

export function objectText(type: ObjectType, writing: Writing): string {
  const { members, rest } = type;
  if (members.length === 0) {
    const others = rest === "closed" ? "never" : rest === "open" ? "unknown" : typeText(rest, writing);
    return `{ readonly [name: string]: ${others} }`;
  }
  const inner = { ...writing, indent: `${writing.indent}  ` };
  const lines = members.map(({ name, required, type: member }) => memberText(name, required, member, inner));
  // An index signature has to take the members as well.
  if (typeof rest !== "string") lines.push(`${inner.indent}readonly [name: string]: unknown;\n`);
  return `{\n${lines.join("")}${writing.indent}}`;
}

export function memberText(name: string, required: boolean, type: Type, writing: Writing): string {
  const said = type.kind === "ref" && type.description === undefined ? {} : type;
  const text = typeText(type, writing);
  const written = required ? `: ${text}` : `?: ${text === "unknown" ? text : `${text} | undefined`}`;
  return `${comment(said, writing.indent)}${writing.indent}readonly ${property(name)}${written};\n`;
}

/** Fields as the object that they are members of. */
export function objectOf(fields: readonly Field[]): ObjectType {
  return { kind: "object", members: fields, rest: "open" };
}
