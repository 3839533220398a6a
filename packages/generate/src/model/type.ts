/** JSON Schema with its many ways to say one thing brought to one: what every language can be written from. */

export type Type =
  | AnyType
  | RefType
  | TextType
  | NumberType
  | BooleanType
  | NullType
  | LiteralType
  | ArrayType
  | ObjectType
  | UnionType
  | IntersectionType;

/** What is said about a type, whatever it is. */
export interface Said {
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly default?: unknown;
}

export interface AnyType extends Said {
  readonly kind: "any" | "never";
}
export interface RefType extends Said {
  readonly kind: "ref";
  /** Of a named schema. */
  readonly name: string;
}
export interface TextType extends Said {
  readonly kind: "text";
  readonly format?: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}
export interface NumberType extends Said {
  readonly kind: "number";
  readonly integer: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
  readonly multipleOf?: number;
}
export interface BooleanType extends Said {
  readonly kind: "boolean";
}
export interface NullType extends Said {
  readonly kind: "null";
}
export type Scalar = string | number | boolean | null;
export interface LiteralType extends Said {
  readonly kind: "literal";
  readonly values: readonly Scalar[];
}
export interface ArrayType extends Said {
  readonly kind: "array";
  readonly items: Type;
  /** What the first items are; `items` then is the rest. */
  readonly first?: readonly Type[];
  readonly min?: number;
  readonly max?: number;
}
export interface ObjectType extends Said {
  readonly kind: "object";
  readonly members: readonly Member[];
  /** What other members are: `open` where nobody said, `closed` where there may be none. */
  readonly rest: Type | "open" | "closed";
}
export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly type: Type;
}
export interface UnionType extends Said {
  readonly kind: "union";
  readonly of: readonly Type[];
}
export interface IntersectionType extends Said {
  readonly kind: "intersection";
  readonly of: readonly Type[];
}

export const ANY: AnyType = { kind: "any" };

/** The types that a type is made of, one level down. */
export function partsOf(type: Type): readonly Type[] {
  if (type.kind === "array") return [...(type.first ?? []), type.items];
  if (type.kind === "union" || type.kind === "intersection") return type.of;
  if (type.kind !== "object") return [];
  const members = type.members.map((member) => member.type);
  return typeof type.rest === "string" ? members : [...members, type.rest];
}

/** One of several, each once; unions in unions are one. */
export function unionOf(types: readonly Type[], said: Said = {}): Type {
  const flat = types.flatMap((type) => (type.kind === "union" && type.description === undefined ? type.of : [type]));
  if (flat.some((type) => type.kind === "any")) return { ...said, kind: "any" };
  const literals = flat.filter((type) => type.kind === "literal");
  const values = [...new Set(literals.flatMap((type) => type.values))];
  const others = flat.filter(
    ({ kind }) => kind !== "literal" && kind !== "never" && !(kind === "null" && values.includes(null)),
  );
  const literal: Type[] = values.length === 0 ? [] : [{ kind: "literal", values }];
  const seen = new Set<string>();
  const each = [...others, ...literal].filter((type) => {
    const text = JSON.stringify(type);
    return !seen.has(text) && seen.add(text);
  });
  const [only] = each;
  if (only === undefined) return { ...said, kind: "never" };
  return each.length === 1 ? { ...only, ...said } : { ...said, kind: "union", of: each };
}

/** All at once; objects that are written out become one object. */
export function allOf(types: readonly Type[], said: Said = {}): Type {
  const flat = types.flatMap((type) => (type.kind === "intersection" ? type.of : [type]));
  const meaningful = flat.filter((type) => type.kind !== "any");
  const objects = meaningful.filter((type) => type.kind === "object");
  const [first] = objects;
  const others = meaningful.filter((type) => type.kind !== "object");
  const each = first === undefined ? others : [...others, objects.slice(1).reduce(merged, first)];
  const [only] = each;
  if (only === undefined) return { ...said, kind: "any" };
  return each.length === 1 ? { ...only, ...said } : { ...said, kind: "intersection", of: each };
}

function merged(a: ObjectType, b: ObjectType): ObjectType {
  const members = new Map(a.members.map((member) => [member.name, member]));
  for (const member of b.members) {
    const before = members.get(member.name);
    if (before === undefined) members.set(member.name, member);
    else {
      const type = before.type.kind === "any" ? member.type : mergedMember(before.type, member.type);
      members.set(member.name, { name: member.name, required: before.required || member.required, type });
    }
  }
  const rest = a.rest === "open" ? b.rest : a.rest;
  // Closed to its own members, an object refuses what the others ask for; nobody means that.
  return { ...a, members: [...members.values()], rest: rest === "closed" && a.rest !== b.rest ? "open" : rest };
}

/** Of two texts or two numbers the later one narrows; only what differs in kind has to be both. */
function mergedMember(before: Type, after: Type): Type {
  if (after.kind === "any") return before;
  if (before.kind === after.kind && before.kind !== "ref" && before.kind !== "object") return after;
  return JSON.stringify(before) === JSON.stringify(after) ? after : allOf([before, after]);
}

export function isNullable(type: Type): boolean {
  if (type.kind === "union") return type.of.some(isNullable);
  return type.kind === "null" || (type.kind === "literal" && type.values.includes(null));
}
