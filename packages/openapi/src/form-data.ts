/** A multipart body: fields and files stand side by side in the form, whatever a handler gets. */
import type { JsonSchema } from "@openspeed/core";
import { isRecord } from "./definitions.ts";
import type { MediaType } from "./openapi-types.ts";

/**
 * The form of `{ fields, files }`, as `@openspeed/multipart` describes its bodies; any other schema is the form's own.
 *
 * @param schema the body's schema, looked into
 * @param placed the same as the document refers to it
 */
export function formOf(schema: JsonSchema, placed: JsonSchema): MediaType {
  const { properties } = schema;
  const fields = isRecord(properties) ? properties["fields"] : undefined;
  const files = isRecord(properties) ? properties["files"] : undefined;
  if (!isRecord(fields) || !isRecord(files)) return { schema: placed };
  const parts = isRecord(files["properties"]) ? (files["properties"] as Readonly<Record<string, JsonSchema>>) : {};
  const encoding = Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => {
      const { contentMediaType } = fileIn(part);
      return typeof contentMediaType === "string" ? [[name, { contentType: contentMediaType }]] : [];
    }),
  );
  const sent = {
    type: "object",
    properties: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, asFile(part)])),
    ...(isRecord(files) && { required: files["required"] }),
  };
  return {
    schema:
      isRecord(fields["properties"]) || Object.keys(fields).length <= 1
        ? joined(fields, sent)
        : { allOf: [fields, sent] },
    ...(Object.keys(encoding).length > 0 && { encoding }),
  };
}

function joined(fields: JsonSchema, sent: JsonSchema): JsonSchema {
  const required = [fields["required"], sent["required"]].flatMap((names) => (Array.isArray(names) ? names : []));
  return {
    ...fields,
    type: "object",
    properties: { ...record(fields["properties"]), ...record(sent["properties"]) },
    ...(required.length > 0 && { required }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function fileIn(part: JsonSchema): JsonSchema {
  return part["type"] === "array" && isRecord(part["items"]) ? part["items"] : part;
}

/** `format: binary` is a word of OpenAPI 3.0 that tools still look for to show a file input. */
function asFile(part: JsonSchema): JsonSchema {
  const { contentMediaType } = fileIn(part);
  const one = typeof contentMediaType === "string" && /^[^*,]+$/.test(contentMediaType);
  const file = { type: "string", format: "binary", ...(one && { contentMediaType }) };
  return part["type"] === "array" ? { ...part, items: file } : file;
}
