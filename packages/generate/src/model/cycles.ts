import type { NamedSchema } from "./model.ts";
import { allOf, type Type, unionOf } from "./type.ts";

/**
 * `Pet` is one of `Cat` and `Dog`, `Cat` is a `Pet` with more: a way to write inheritance that no type system takes, because
 * neither can be known before the other. What leads back to a schema is left out where it is one part of it among others:
 * first of what has to be all at once, then of what may be one.
 */
export function withoutCycles(schemas: readonly NamedSchema[]): readonly NamedSchema[] {
  const types = new Map(schemas.map(({ name, type }) => [name, type]));
  for (const kind of ["intersection", "union"] as const) {
    for (const { name } of schemas) {
      const type = types.get(name);
      if (type === undefined || !leads(type, name, types)) continue;
      types.set(name, cut(type, name, kind, types));
    }
  }
  return schemas.map(({ name, type }) => ({ name, type: types.get(name) ?? type }));
}

function cut(type: Type, name: string, kind: "intersection" | "union", types: ReadonlyMap<string, Type>): Type {
  if (type.kind === "ref") return kind === "union" && leads(type, name, types) ? { kind: "any" } : type;
  if (type.kind !== "intersection" && type.kind !== "union") return type;
  const { of, kind: own, ...said } = type;
  const inner = of.map((each) => (each.kind === "ref" ? each : cut(each, name, kind, types)));
  const left = own === kind ? inner.filter((each) => !leads(each, name, types)) : inner;
  return own === "union" ? unionOf(left, said) : allOf(left, said);
}

/** Whether a type cannot be known before the named one is. What is in members and items can wait. */
function leads(type: Type, name: string, types: ReadonlyMap<string, Type>): boolean {
  const seen = new Set<string>();
  const walk = (each: Type): boolean => {
    if (each.kind === "union" || each.kind === "intersection") return each.of.some(walk);
    if (each.kind !== "ref" || seen.has(each.name)) return false;
    seen.add(each.name);
    const target = types.get(each.name);
    return each.name === name || (target !== undefined && walk(target));
  };
  return walk(type);
}
