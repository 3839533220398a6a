import type { NamedSchema } from "./model.ts";
import { allOf, type Type } from "./type.ts";

/**
 * `Pet` is one of `Cat` and `Dog`, `Cat` is a `Pet` with more: a way to write inheritance that no type system takes, because
 * neither can be known before the other. What leads back is left out where it stands in an intersection.
 */
export function withoutCycles(schemas: readonly NamedSchema[]): readonly NamedSchema[] {
  const types = new Map(schemas.map(({ name, type }) => [name, type]));
  const done = new Set<string>();

  const settle = (name: string, open: readonly string[]): void => {
    const type = types.get(name);
    if (type === undefined || done.has(name)) return;
    types.set(name, cut(type, [...open, name], false) ?? type);
    if (open.length === 0 || !open.some((each) => !done.has(each) && immediate(types.get(name)).has(each))) done.add(name);
  };

  /** The type without references to what is open; `undefined` where nothing is left. */
  const cut = (type: Type, open: readonly string[], inAll: boolean): Type | undefined => {
    if (type.kind === "ref") {
      if (open.includes(type.name)) return inAll ? undefined : type;
      settle(type.name, open);
      return type;
    }
    if (type.kind === "union") return { ...type, of: type.of.map((each) => cut(each, open, inAll) ?? each) };
    if (type.kind !== "intersection") return type;
    const { of, kind: _kind, ...said } = type;
    const left = of.map((each) => cut(each, open, true)).filter((each) => each !== undefined);
    return left.length === of.length ? { ...type, of: left } : allOf(left, said);
  };

  for (const { name } of schemas) settle(name, []);
  return schemas.map(({ name }) => ({ name, type: types.get(name) ?? { kind: "any" } }));
}

function immediate(type: Type | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (each: Type): void => {
    if (each.kind === "ref") found.add(each.name);
    else if (each.kind === "union" || each.kind === "intersection") each.of.forEach(walk);
  };
  if (type !== undefined) walk(type);
  return found;
}
