import type { Schema } from "../schema.ts";

/**
 * Whether a schema is known to give back what it takes. JSON Schema cannot show a change that keeps the type: trimming,
 * coercing, a fallback, a transform into the same type. So the libraries are asked in their own words, and where there
 * are none (valibot behind `toStandardJsonSchema`), nothing is known.
 */
export function isUnchanging(schema: Schema): boolean {
  const { vendor } = schema["~standard"];
  if (vendor === "zod") return zodKeeps(schema);
  return vendor === "arktype" && Reflect.get(schema, "includesTransform") === false;
}

/** The part of a definition of zod 4's core that tells of changes. */
interface Definition {
  readonly type: string;
  readonly coerce?: boolean;
  readonly normalize?: boolean;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly check: string } } }[];
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly options?: readonly unknown[];
  readonly element?: unknown;
  readonly innerType?: unknown;
}

const KEEPING = new Set(
  "string number boolean null enum literal template_literal object array union optional nonoptional nullable readonly".split(
    " ",
  ),
);

function zodKeeps(schema: unknown): boolean {
  const { def } = (schema as { readonly _zod: { readonly def: Definition } })._zod;
  const { type, coerce, normalize, checks = [], shape = {}, options = [], element, innerType } = def;
  if (!KEEPING.has(type) || coerce === true || normalize === true) return false;
  if (checks.some(({ _zod }) => _zod.def.check === "overwrite")) return false;
  return [...Object.values(shape), ...options, element, innerType].every(
    (inner) => inner === undefined || zodKeeps(inner),
  );
}
