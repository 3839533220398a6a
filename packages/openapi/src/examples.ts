/** Examples are held against their schemas, since a wrong one teaches every reader a call that fails. */
import { Validator } from "@cfworker/json-schema";
import type { Diagnostic, JsonSchema } from "@openspeed/core";
import { isRecord } from "./definitions.ts";
import type { OpenApiDocument } from "./openapi-types.ts";

/**
 * Every example in a document that its own schema refuses: `examples` and `default` of schemas, wherever they stand.
 *
 * @example
 * expect(checkExamples(await appDocument(app))).toEqual([]);
 */
export function checkExamples(document: OpenApiDocument): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { components = {}, ...rest } = document;
  const schemas = components.schemas ?? {};
  for (const [name, schema] of Object.entries(schemas)) visit(schema, `schema ${name}`, "#");
  for (const [path, item] of Object.entries(rest.paths)) {
    for (const [method, operation] of Object.entries(item)) inside(operation, `${method.toUpperCase()} ${path}`);
  }
  for (const [name, item] of Object.entries(rest.webhooks ?? {})) inside(item, `webhook ${name}`);
  return found;

  /** Looks for schemas in what is none. */
  function inside(value: unknown, where: string): void {
    if (Array.isArray(value)) for (const each of value) inside(each, where);
    else if (isRecord(value)) {
      const place = typeof value["in"] === "string" ? `${where}, ${value["in"]} ${String(value["name"])}` : where;
      for (const [key, member] of Object.entries(value)) {
        if ((key === "schema" || key === "itemSchema") && isRecord(member)) visit(member, place, "#");
        else inside(member, /^(?:[1-5](?:\d\d|XX)|requestBody)$/.test(key) ? `${place}, ${key}` : place);
      }
    }
  }

  function visit(schema: JsonSchema, where: string, pointer: string): void {
    const { examples, ...asked } = schema;
    const given = Array.isArray(examples) ? (examples as readonly unknown[]) : [];
    given.forEach((example, i) => judge(asked, example, where, `${pointer}/examples/${i}`));
    if ("default" in schema) judge(asked, schema["default"], where, `${pointer}/default`);
    for (const [keyword, value] of Object.entries(schema)) {
      if (MAPS.has(keyword) && isRecord(value)) {
        for (const [name, each] of Object.entries(value))
          if (isRecord(each))
            visit(each, where, `${pointer}/${keyword}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
      } else if (LISTS.has(keyword) && Array.isArray(value)) {
        value.forEach((each, i) => isRecord(each) && visit(each, where, `${pointer}/${keyword}/${i}`));
      } else if (SINGLE.has(keyword) && isRecord(value)) visit(value, where, `${pointer}/${keyword}`);
    }
  }

  function judge(schema: JsonSchema, example: unknown, where: string, pointer: string): void {
    // References are to components, which stand beside what asks for them.
    const whole = { ...schema, components: { schemas } };
    const { valid, errors } = new Validator(whole, "2020-12", true).validate(example);
    if (valid) return;
    const why = errors.at(-1);
    found.push({
      code: "OS_OPENAPI_EXAMPLE",
      message: `${JSON.stringify(example)} is no example of its schema: ${why?.error ?? "it is refused"}`,
      where: `${where} ${pointer}`,
      mend: "Give an example that the schema takes, or mend the schema.",
    });
  }
}

const MAPS = new Set(["properties", "patternProperties", "dependentSchemas", "$defs"]);
const LISTS = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
const SINGLE = new Set([
  "items",
  "additionalProperties",
  "not",
  "if",
  "then",
  "else",
  "contains",
  "propertyNames",
  "contentSchema",
  "unevaluatedProperties",
]);
