/** What an OpenAPI document promises, read without the code that wrote it. */

export type Json = { readonly [member: string]: unknown };

/** Any OpenAPI 3.1 or 3.2 document. */
export interface ContractDocument {
  readonly paths?: { readonly [path: string]: object };
  readonly components?: object;
}

export interface DocumentedOperation {
  /** `GET /tickets/{id}` */
  readonly name: string;
  readonly method: string;
  readonly template: string;
  /** Where it is (RFC 6901). */
  readonly pointer: string;
  readonly operation: Json;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];

export function operationsOf(document: ContractDocument): readonly DocumentedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([template, item]) =>
    METHODS.flatMap((method): DocumentedOperation[] => {
      const operation: unknown = Reflect.get(item, method);
      if (!isJson(operation)) return [];
      const pointer = `/paths/${escaped(template)}/${method}`;
      return [
        { name: `${method.toUpperCase()} ${template}`, method: method.toUpperCase(), template, pointer, operation },
      ];
    }),
  );
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function member(value: unknown, name: string): Json {
  const found = isJson(value) ? value[name] : undefined;
  return isJson(found) ? found : {};
}

/** A name as a part of a JSON Pointer. */
export function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Follows a reference within the document. */
export function followed(
  document: ContractDocument,
  value: unknown,
): { readonly value: Json; readonly pointer?: string } {
  if (!isJson(value)) return { value: {} };
  const { $ref } = value;
  if (typeof $ref !== "string" || !$ref.startsWith("#/")) return { value };
  let found: unknown = document;
  for (const part of $ref.slice(2).split("/"))
    found = isJson(found) ? found[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  const behind = followed(document, found);
  return { value: behind.value, pointer: behind.pointer ?? $ref.slice(1) };
}
