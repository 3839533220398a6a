/** What a route takes, as parameters and a request body. */
import type { GraphRoute, GraphSchema, JsonSchema } from "@openspeed/core";
import type { Components } from "./components.ts";
import { isRecord } from "./definitions.ts";
import { formOf } from "./form-data.ts";
import type { MediaType, Operation, Parameter } from "./openapi-types.ts";
import type { PlacedRoute } from "./paths.ts";

type Place = Parameter["in"];

/** All parameters, path first, each with the style in which the kernel reads it. */
export function parametersOf({ route, params }: PlacedRoute, components: Components): readonly Parameter[] {
  const { properties } = membersOf(route.params, components);
  const path = params.map(({ name, own, rest }): Parameter => {
    const schema = single(properties[own] ?? { type: "string" });
    const what = rest ? "The rest of the path, with its slashes." : undefined;
    return { name, in: "path", required: true, ...described(schema, what), schema };
  });
  return [
    ...path,
    ...listed("query", route.query, components),
    ...listed("header", route.headers, components).filter(({ name }) => !RESERVED.has(name.toLowerCase())),
    ...listed("cookie", route.cookies, components),
  ];
}

/** Said by other parts of a document; as parameters they "SHALL be ignored" (§4.8.12.2). */
const RESERVED = new Set(["accept", "content-type", "authorization"]);

function listed(place: Place, schema: GraphSchema | undefined, components: Components): readonly Parameter[] {
  if (schema === undefined) return [];
  const { properties, required, open } = membersOf(schema, components);
  const known = Object.entries(properties).map(([name, property]): Parameter => {
    const array = property["type"] === "array";
    return {
      name,
      in: place,
      ...(required.includes(name) && { required: true }),
      ...described(property, undefined),
      ...(array && place === "query" && { style: "form", explode: true }),
      schema: place === "query" ? property : single(property),
    };
  });
  // A record: any name is a field of its own, which is what an exploded form object means.
  if (known.length > 0 || !open || place !== "query") return known;
  return [{ name: "fields", in: place, style: "form", explode: true, schema: components.place(schema, "input") }];
}

/** Only queries and forms repeat a name: anywhere else the kernel reads a list as one item. */
function single(schema: JsonSchema): JsonSchema {
  return schema["type"] === "array" && isRecord(schema["items"]) ? schema["items"] : schema;
}

function described(schema: JsonSchema, otherwise: string | undefined): Pick<Parameter, "description" | "deprecated"> {
  const { description = otherwise, deprecated } = schema;
  return {
    ...(typeof description === "string" && { description }),
    ...(deprecated === true && { deprecated }),
  };
}

interface Members {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  /** Whether it takes names that it does not list. */
  readonly open: boolean;
}

/** A schema with a name of its own is looked through: parameters are listed one by one. */
function membersOf(schema: GraphSchema | undefined, components: Components): Members {
  const { properties, required, additionalProperties } = schema ? components.lookInto(schema, "input") : {};
  return {
    properties: (properties ?? {}) as Readonly<Record<string, JsonSchema>>,
    required: Array.isArray(required) ? required.map(String) : [],
    open: additionalProperties !== undefined && additionalProperties !== false,
  };
}

export function requestBodyOf({ body }: GraphRoute, components: Components): Operation["requestBody"] {
  if (body === undefined) return undefined;
  // `*/*+json` is the kernel's word for a suffix; no media range can say it (RFC 9110 §12.5.1).
  const types = body.types.filter((type) => !type.startsWith("*/*+"));
  const content = (type: string): MediaType => {
    if (type === "multipart/form-data")
      return formOf(components.lookInto(body, "input"), components.place(body, "input"));
    const schema = components.place(body, "input");
    if (Object.keys(schema).length > 0) return { schema };
    return type.startsWith("text/") ? { schema: { type: "string" } } : {};
  };
  return {
    required: true,
    content: Object.fromEntries((types.length > 0 ? types : ["*/*"]).map((type) => [type, content(type)])),
  };
}
