import { z } from "zod";

/** A schema as data, from which both the schema and its values are made. */
export type Description =
  | { readonly kind: "string" | "number" | "integer" | "boolean" | "null" }
  | { readonly kind: "enum"; readonly options: readonly [string, ...string[]] }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "scalars"; readonly of: readonly Description[] }
  | { readonly kind: "nullable" | "array"; readonly of: Description }
  | {
      readonly kind: "object";
      readonly members: readonly { readonly name: string; readonly optional: boolean; readonly of: Description }[];
    };

export function schemaOf(description: Description): z.ZodType {
  switch (description.kind) {
    case "string":
      return z.string();
    case "number":
      return z.number();
    case "integer":
      return z.int();
    case "boolean":
      return z.boolean();
    case "null":
      return z.null();
    case "enum":
      return z.enum(description.options);
    case "literal":
      return z.literal(description.value);
    case "scalars":
      return z.union(description.of.map(schemaOf));
    case "nullable":
      return schemaOf(description.of).nullable();
    case "array":
      return z.array(schemaOf(description.of));
    case "object":
      return z.object(
        Object.fromEntries(
          description.members.map(({ name, optional, of }) => [
            name,
            optional ? schemaOf(of).optional() : schemaOf(of),
          ]),
        ),
      );
  }
}
