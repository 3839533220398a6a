/** Documents as text, in both of their languages. */
import { isRecord } from "./definitions.ts";
import type { OpenApiDocument } from "./openapi-types.ts";

/** A document as YAML 1.2 (RFC 9512). */
export async function toYaml(document: OpenApiDocument): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(document, { aliasDuplicateObjects: false });
}

/** The document that a text holds, JSON or YAML; `undefined` if it holds none of OpenAPI 3.1 or 3.2. */
export async function parseDocument(text: string): Promise<OpenApiDocument | undefined> {
  const { parse } = await import("yaml");
  try {
    const found: unknown = parse(text);
    return isDocument(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isDocument(value: unknown): value is OpenApiDocument {
  return (
    isRecord(value) &&
    /^3\.[12]\./.test(String(value["openapi"])) &&
    isRecord(value["info"]) &&
    isRecord(value["paths"] ?? {})
  );
}
