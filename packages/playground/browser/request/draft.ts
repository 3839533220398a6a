/** What a person has put into a route's form. It is JSON but for files. */
import type { GraphRoute, JsonSchema } from "@openspeed/core";
import { initialOf, isObject, readSchema, requiredOf } from "../form/schema.ts";

export interface Draft {
  /** For routes that take every method. */
  readonly method: string;
  readonly params: Values;
  readonly query: Values;
  readonly headers: Values;
  readonly cookies: Values;
  readonly body: unknown;
  /** JSON text that is sent in place of the form's value. */
  readonly raw?: string | undefined;
  /** For bodies without a structure. */
  readonly contentType?: string | undefined;
}

export type Values = Readonly<Record<string, unknown>>;

/** How a route's body is written. */
export type BodyMode = "none" | "json" | "form" | "multipart" | "text";

export function bodyModeOf({ body }: GraphRoute): BodyMode {
  if (body === undefined) return "none";
  const { types } = body;
  if (types.some((type) => /[/+]json\b/.test(type))) return "json";
  if (types.includes("application/x-www-form-urlencoded")) return "form";
  return types.includes("multipart/form-data") ? "multipart" : "text";
}

export function emptyDraft(route: GraphRoute): Draft {
  const mode = bodyModeOf(route);
  const schema = route.body?.input ?? {};
  const named = route.body?.types.find((type) => !type.includes("*"));
  return {
    method: route.method === "*" ? "GET" : route.method,
    params: {},
    query: chosen(route.query?.input),
    headers: chosen(route.headers?.input),
    cookies: chosen(route.cookies?.input),
    body: mode === "none" ? undefined : mode === "text" ? "" : initialOf(schema, schema),
    ...(mode === "text" && { contentType: named ?? "text/plain" }),
  };
}

/** Where only one answer is possible, it is given. */
function chosen(schema: JsonSchema | undefined): Values {
  if (schema === undefined) return {};
  const { schema: object } = readSchema(schema, schema);
  const start = initialOf({ ...object, default: undefined }, schema);
  const given = Object.entries(isObject(start) ? start : {}).filter(([, value]) => value !== "" && value !== false);
  return Object.fromEntries(given);
}

export interface PathPart {
  readonly text: string;
  /** The param's name. */
  readonly name?: string;
  readonly rest?: boolean;
  readonly optional?: boolean;
}

/** `/users/:id` as `/users`, `/` and the param. */
export function pathParts(path: string): readonly PathPart[] {
  return path.split(/(?=\/)/).map((segment): PathPart => {
    const [, mark, name, optional] = /^\/([:*])([A-Za-z_][\w-]*)(\??)$/.exec(segment) ?? [];
    if (name === undefined) return { text: segment };
    return { text: segment, name, rest: mark === "*", optional: optional !== "" };
  });
}

/** The schema of a route's params; every param of the path is in it. */
export function paramsSchema({ path, params }: GraphRoute): JsonSchema | undefined {
  const named = pathParts(path).filter((part) => part.name !== undefined);
  if (named.length === 0) return undefined;
  const known = params === undefined ? {} : readSchema(params.input, params.input).schema;
  const properties = isObject(known["properties"]) ? known["properties"] : {};
  return {
    ...params?.input,
    type: "object",
    properties: Object.fromEntries(named.map(({ name = "" }) => [name, properties[name] ?? { type: "string" }])),
    required: [...requiredOf(known), ...named.filter(({ optional }) => optional !== true).map(({ name = "" }) => name)],
    additionalProperties: false,
  };
}
