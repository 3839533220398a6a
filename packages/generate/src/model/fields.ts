import { isRecord, listOf, recordOf, textOf } from "../record.ts";
import type { Field } from "./model.ts";
import { type At, below, type Found, type Reading } from "./reading.ts";
import type { Schemas } from "./schemas.ts";
import { type Member, type Type, unionOf } from "./type.ts";

export type Place = "path" | "query" | "header" | "cookie";

export interface PlacedField extends Field {
  readonly place: Place;
}

/** What a parameter carries, under the names that stand on the wire (OpenAPI 3.1 §4.8.12). */
export function fieldsOf(given: readonly Found[], reading: Reading, schemas: Schemas): readonly PlacedField[] {
  const latest = new Map<string, PlacedField[]>();
  for (const each of given) {
    const { value, at } = reading.follow(each.value, each.at);
    if (!isRecord(value)) continue;
    const { name, in: place } = value;
    if (typeof name !== "string" || !isPlace(place)) {
      throw reading.fault(at, "A parameter needs a name and a place.", 'Write "name" and "in": "query".');
    }
    if (place === "header" && /^(?:accept|content-type|authorization)$/i.test(name)) continue;
    // An operation's own stand after the path's, and in their place (§4.8.9).
    latest.set(`${place} ${name}`, placed(name, place, value, at));
  }
  return [...latest.values()].flat();

  function placed(name: string, place: Place, value: { readonly [member: string]: unknown }, at: At): PlacedField[] {
    const content = isRecord(value["content"]) ? Object.keys(value["content"])[0] : undefined;
    const read: Type = content === undefined ? schemas.typeOf(value["schema"], below(at, "schema")) : { kind: "text" };
    const description = textOf(value["description"]) ?? read.description;
    const said = {
      ...(description !== undefined && { description }),
      ...(value["deprecated"] === true && { deprecated: true }),
    };
    if (content !== undefined) reading.note(at, `${name} carries ${content}; it is taken as text.`);
    const required = value["required"] === true || place === "path";
    const type = { ...read, ...said };
    if (place !== "query")
      return [{ name: place === "header" ? name.toLowerCase() : name, required, place, type: textual(type, schemas) }];
    return spread(name, type, required, styleOf(value), schemas).map((field) => ({ ...field, place }));
  }
}

type Style = "form" | "joined" | "deep";

function styleOf({ style = "form", explode = style === "form" }: { readonly [member: string]: unknown }): Style {
  if (style === "deepObject") return "deep";
  return style === "form" && explode === true ? "form" : "joined";
}

/** One parameter as the fields of a query that it stands for. */
function spread(name: string, type: Type, required: boolean, style: Style, schemas: Schemas): readonly Field[] {
  const variants = variantsOf(type, schemas);
  const objects = variants.filter((each) => each.kind === "object");
  const arrays = variants.filter((each) => each.kind === "array");
  const fields: Field[] = [];
  const scalars = variants.filter((each) => each.kind !== "object" && each.kind !== "array" && each.kind !== "null");
  const said = type.description === undefined ? {} : { description: type.description };
  const wire = style === "deep" ? `${name}[]` : name;
  if (style === "joined" && objects.length + arrays.length > 0) {
    const text = "Several are joined in one text, as its server says.";
    const description = type.description === undefined ? text : `${type.description}\n\n${text}`;
    return [{ name, required, type: { kind: "text", description } }];
  }
  const lists = arrays.map((each): Type => ({ ...each, items: textual(each.items, schemas) }));
  if (lists.length > 0 && wire === name) fields.push({ name, required, type: unionOf([...scalars, ...lists], said) });
  else {
    if (scalars.length > 0)
      fields.push({
        name,
        required: required && objects.length === 0,
        type: { ...unionOf(scalars), ...said, ...defaultOf(type) },
      });
    if (lists.length > 0) fields.push({ name: wire, required, type: { ...unionOf(lists), ...said } });
  }
  for (const member of objects.flatMap((each) => each.members)) {
    const inner = style === "deep" ? `${name}[${member.name}]` : member.name;
    fields.push(...nested(inner, member, required && scalars.length === 0, style, schemas));
  }
  return joined(fields);
}

/**
 * A form's object as the fields that are sent: `card[number]`. What cannot be listed, such as an object in a list, may be
 * given under its own name.
 */
export function formType(type: Type, encoding: unknown, schemas: Schemas): Type {
  const whole = schemas.resolve(type);
  if (whole.kind !== "object") return type;
  let open = whole.rest !== "open" && whole.rest !== "closed";
  const members = whole.members.flatMap((member) => {
    const variants = variantsOf(member.type, schemas);
    const deep =
      variants.some(({ kind }) => kind === "object") || styleOf(recordOf(recordOf(encoding)[member.name])) === "deep";
    open ||= variants.some(
      (each) => each.kind === "object" || (each.kind === "array" && textual(each.items, schemas) !== each.items),
    );
    return spread(member.name, member.type, member.required, deep ? "deep" : "form", schemas);
  });
  return { ...whole, members: joined(members), rest: open ? { kind: "text" } : whole.rest };
}

/** What several variants have under one name is one of them, and needed by none alone. */
function joined(fields: readonly Field[]): readonly Field[] {
  const byName = Map.groupBy(fields, ({ name }) => name);
  return [...byName.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || same.length === 1) return same;
    return [{ name: first.name, required: false, type: unionOf(same.map(({ type }) => type)) }];
  });
}

function nested(name: string, member: Member, required: boolean, style: Style, schemas: Schemas): readonly Field[] {
  if (style === "deep" && name.split("[").length < 5) {
    return spread(name, member.type, required && member.required, style, schemas);
  }
  return [{ name, required: required && member.required, type: textual(member.type, schemas) }];
}

function variantsOf(type: Type, schemas: Schemas): readonly Type[] {
  const seen = schemas.resolve(type);
  return seen.kind === "union" ? seen.of.flatMap((each) => variantsOf(each, schemas)) : [seen];
}

/** What can stand in one text; references to scalars stay. */
function textual(type: Type, schemas: Schemas): Type {
  const composed = variantsOf(type, schemas).some((each) =>
    ["object", "array", "intersection", "any"].includes(each.kind),
  );
  if (!composed) return type;
  return { kind: "text", ...(type.description !== undefined && { description: type.description }) };
}

function defaultOf(type: Type): { readonly default?: unknown } {
  return type.default === undefined ? {} : { default: type.default };
}

function isPlace(value: unknown): value is Place {
  return value === "path" || value === "query" || value === "header" || value === "cookie";
}

/** The parameters that a path item or an operation lists. */
export function parametersIn(value: unknown, at: At): readonly Found[] {
  return listOf(value).map((each, i) => ({ value: each, at: below(at, i) }));
}
