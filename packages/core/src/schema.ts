/** Standard Schema in (standardschema.dev), JSON Schema 2020-12 out. Any library that speaks the standard is welcome. */

export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export type Validated<T> = { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly Issue[] };

/** The part of Standard Schema v1 that a route needs: zod, valibot, arktype and their like. */
export interface Schema<In = unknown, Out = In> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Validated<Out> | Promise<Validated<Out>>;
    readonly types?: { readonly input: In; readonly output: Out } | undefined;
  };
}

export type InputOfSchema<S extends Schema> = NonNullable<S["~standard"]["types"]>["input"];
export type OutputOfSchema<S extends Schema> = NonNullable<S["~standard"]["types"]>["output"];

/** Which side of a schema: what goes in (before a transform) or what comes out (after it). */
export type Side = "input" | "output";
