/** What both kinds of multipart body share: their types, their schema's frame, their fields. */
import type { Issue, JsonSchema, Schema, Side, Validated } from "@openspeed/core";
import { inlineSchemaOf, textReader } from "@openspeed/core/authoring";
import { checkRules, type FileRule, type FileRules } from "./rules.ts";

/** Field values as the form sent them: a text, or all texts of a name that was sent several times. */
export type RawFields = Record<string, string | string[]>;

export type FieldsOf<F> = F extends Schema ? NonNullable<F["~standard"]["types"]>["output"] : Readonly<RawFields>;
export type FieldsInto<F> = F extends Schema ? NonNullable<F["~standard"]["types"]>["input"] : Readonly<RawFields>;

type Sent<R extends FileRule, File> = R extends { readonly many: true | number }
  ? readonly File[]
  : R extends { readonly optional: true }
    ? File | undefined
    : File;
/** One value a rule: a file, a list where `many` is said, perhaps nothing where `optional` is. */
export type FilesOf<R extends FileRules, File> = { readonly [K in keyof R]: Sent<R[K], File> };

/** What a client gives. */
export interface Input<F, R extends FileRules> {
  readonly fields: FieldsInto<F>;
  readonly files: FilesOf<R, Blob>;
}

export interface MultipartShape<F, R> {
  /** Validates the text fields, decoded to the types it declares. Without it they pass as texts. */
  readonly fields?: F;
  /** The files that are expected, by the form's name for them. Others are refused. */
  readonly files?: R;
}

export const accepts: readonly string[] = ["multipart/form-data"];

export function addField(fields: RawFields, name: string, value: string): void {
  const before = fields[name];
  if (before === undefined) fields[name] = value;
  else if (typeof before === "string") fields[name] = [before, value];
  else before.push(value);
}

/** An object without a prototype: a form may name a field `__proto__`. */
export function noFields(): RawFields {
  const fields: RawFields = {};
  Object.setPrototypeOf(fields, null);
  return fields;
}

/** Decodes texts to what the schema declares, then validates; issues point into `fields`. */
export function fieldsValidator(schema: Schema | undefined): (fields: RawFields) => Promise<Validated<unknown>> {
  if (schema === undefined) return async (value) => ({ value });
  const toTypes = textReader(inlineSchemaOf(schema, "input"));
  return async (fields) => {
    const result = await schema["~standard"].validate(toTypes === undefined ? fields : toTypes(fields));
    return result.issues === undefined
      ? result
      : { issues: result.issues.map((issue) => ({ ...issue, path: ["fields", ...(issue.path ?? [])] })) };
  };
}

export const noBody: { readonly issues: readonly Issue[] } = {
  issues: [{ message: "A multipart/form-data body is expected." }],
};

interface Framed<In, Out> extends Schema<In, Out> {
  readonly "~standard": Schema<In, Out>["~standard"] & {
    readonly jsonSchema: { readonly [S in Side]: () => JsonSchema };
  };
}

/** A Standard Schema that shows fields and files in the graph. */
export function framed<In, Out>(
  shape: MultipartShape<Schema | undefined, FileRules>,
  validate: (value: unknown) => Promise<Validated<Out>>,
): Framed<In, Out> {
  checkRules(shape.files ?? {});
  const describe = (side: Side) => (): JsonSchema => ({
    type: "object",
    properties: {
      fields: (shape.fields && inlineSchemaOf(shape.fields, side)) ?? { type: "object" },
      files: filesSchema(shape.files ?? {}),
    },
    required: ["fields", "files"],
  });
  return {
    "~standard": {
      version: 1,
      vendor: "openspeed",
      validate,
      jsonSchema: { input: describe("input"), output: describe("output") },
    },
  };
}

function filesSchema(rules: FileRules): JsonSchema {
  const entries = Object.entries(rules);
  const file = ({ types }: FileRule): JsonSchema => ({
    type: "string",
    contentMediaType: types?.join(", ") ?? "application/octet-stream",
  });
  return {
    type: "object",
    properties: Object.fromEntries(
      entries.map(([name, rule]) => [name, rule.many ? { type: "array", items: file(rule) } : file(rule)]),
    ),
    required: entries.filter(([, rule]) => rule.optional !== true).map(([name]) => name),
  };
}
