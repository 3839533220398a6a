import type { Content, Model, NamedSchema, Operation } from "../model/model.ts";
import { makeNames, pascal } from "../model/names.ts";
import { ANY, type ArrayType, type Member, type ObjectType, type Type } from "../model/type.ts";

/**
 * A model for languages in which an object has a name: those that are written inside others get one of their own, and
 * what has to be several objects at once is one.
 */
export function flatModel(model: Model): Model {
  const nameFor = makeNames();
  const given = new Map(model.schemas.map(({ name, type }) => [nameFor(name), type]));
  const added: NamedSchema[] = [];

  /** `place`: what the type is called, if it needs a name. */
  const flat = (type: Type, place: string): Type => {
    switch (type.kind) {
      case "object":
        return type.members.length === 0 ? named(type, place) : add(named(type, place), place);
      case "intersection": {
        const one = asOne(type, new Set());
        return one === undefined ? { kind: "any" } : flat(one, place);
      }
      case "array":
        return items(type, place);
      case "union":
        return { ...type, of: type.of.map((each, i) => flat(each, i === 0 ? place : `${place}${i + 1}`)) };
      default:
        return type;
    }
  };

  const add = (type: Type, place: string): Type => {
    const name = nameFor(place);
    added.push({ name, type });
    return { kind: "ref", name, ...(type.description !== undefined && { description: type.description }) };
  };

  const named = (type: ObjectType, place: string): ObjectType => ({
    ...type,
    members: type.members.map((member): Member => ({
      ...member,
      type: flat(member.type, place + pascal(member.name)),
    })),
    rest: typeof type.rest === "string" ? type.rest : flat(type.rest, `${place}Value`),
  });

  const items = ({ first, ...type }: ArrayType, place: string): ArrayType =>
    first === undefined ? { ...type, items: flat(type.items, `${place}Item`) } : { ...type, items: ANY };

  /** The members of all, if all are objects. */
  const asOne = (type: Type, seen: ReadonlySet<string>): ObjectType | undefined => {
    if (type.kind === "object") return type;
    if (type.kind === "ref") {
      const target = given.get(type.name);
      return target === undefined || seen.has(type.name) ? undefined : asOne(target, new Set([...seen, type.name]));
    }
    if (type.kind !== "intersection") return undefined;
    const members = new Map<string, Member>();
    for (const part of type.of) {
      const one = asOne(part, seen);
      if (one === undefined) return undefined;
      for (const member of one.members) members.set(member.name, member);
    }
    const description = type.description === undefined ? {} : { description: type.description };
    return { kind: "object", members: [...members.values()], rest: "open", ...description };
  };

  const top = (type: Type, name: string): Type => {
    const one = type.kind === "intersection" ? asOne(type, new Set()) : type;
    if (one === undefined) return ANY;
    return one.kind === "object" ? named(one, name) : flat(one, name);
  };

  const content = (each: Content, place: string): Content => ({ ...each, type: flat(each.type, place) });
  const operations = model.operations.map((operation): Operation => {
    const { body, outputs, problems, name } = operation;
    return {
      ...operation,
      ...(body && { body: { ...body, ...content(body, `${name}Body`) } }),
      outputs: outputs.map((output) => ({
        ...output,
        ...(output.content && { content: content(output.content, `${name}Output`) }),
      })),
      // An error is read by looking at it: no language gets a type for each.
      problems,
    };
  });
  const schemas = [...given].map(([name, type]): NamedSchema => ({ name, type: top(type, name) }));
  return { ...model, operations, schemas: [...schemas, ...added].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** What a type is, apart from that it may be null. */
export function withoutNull(type: Type): { readonly type: Type; readonly nullable: boolean } {
  if (type.kind === "null") return { type: ANY, nullable: true };
  if (type.kind === "literal" && type.values.includes(null)) {
    return { type: { ...type, values: type.values.filter((value) => value !== null) }, nullable: true };
  }
  if (type.kind !== "union") return { type, nullable: false };
  const parts = type.of.map(withoutNull);
  const nullable = parts.some((part) => part.nullable);
  const types = type.of.filter((each) => each.kind !== "null").map((each) => withoutNull(each).type);
  const [only] = types;
  return { type: types.length === 1 && only !== undefined ? only : { ...type, of: types }, nullable };
}

/** Of literals, what they are. */
export function basisOf(values: readonly unknown[]): "text" | "integer" | "number" | "boolean" | "any" {
  const kinds = new Set(
    values.map((value) => (typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value)),
  );
  const [only] = kinds;
  if (kinds.size !== 1) return "any";
  return only === "string" ? "text" : only === "integer" || only === "number" || only === "boolean" ? only : "any";
}
