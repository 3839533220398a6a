import { type JsonSchema, jsonSchemaOf, type Schema } from "../schema.ts";
import type { Graph, GraphRoute, GraphSchema } from "./graph.ts";

/** What the routes that are looked for have in common. */
export interface RouteQuery {
  readonly method?: string;
  /** As it is mounted: `/tickets/:id`. */
  readonly path?: string | RegExp;
  /** Where it was written. */
  readonly source?: string | RegExp;
  readonly tag?: string;
  /** A policy's kind, or some of its members: `{ permission: "ticket:read" }`. `null`: routes that have no policy at all. */
  readonly policy?: string | { readonly [member: string]: unknown } | null;
  /** The name of a provider or middleware, whether the route lists it or something that it uses does. */
  readonly uses?: string | RegExp;
  /**
   * What a route takes, gives or tells in a problem, as a whole or as a part of it: a schema's name, a JSON Schema, or a
   * schema of any library, of which either side counts.
   */
  readonly schema?: string | JsonSchema | Schema;
  /** A problem that it may answer with, by name or by status. */
  readonly problem?: string | number;
  /** The key of metadata that it carries. */
  readonly meta?: string;
}

/**
 * The routes of a graph for which all holds that is asked, in the graph's order.
 *
 * @throws TypeError for a schema whose library cannot tell its JSON Schema
 *
 * @example
 * const desk = await graph(app);
 * findRoutes(desk, { policy: null }); // nobody said who may call these
 * findRoutes(desk, { uses: "db", schema: Ticket, problem: 409 });
 */
export function findRoutes(graph: Pick<Graph, "routes">, query: RouteQuery): readonly GraphRoute[] {
  const { method, path, source, tag, policy, uses, schema, problem, meta } = query;
  const like = schema === undefined ? undefined : schemaTest(schema);
  return graph.routes.filter(
    (route) =>
      (method === undefined || route.method === method) &&
      (path === undefined || fits(route.path, path)) &&
      (source === undefined || (route.source !== undefined && fits(route.source, source))) &&
      (tag === undefined || route.tags?.includes(tag) === true) &&
      (policy === undefined || hasPolicy(route, policy)) &&
      (uses === undefined || route.uses.some((name) => fits(name, uses))) &&
      (like === undefined || schemasOf(route).some(({ input, output }) => holds(input, like) || holds(output, like))) &&
      (problem === undefined || hasProblem(route, problem)) &&
      (meta === undefined || Object.hasOwn(route.meta, meta)),
  );
}

function fits(text: string, wanted: string | RegExp): boolean {
  // `search` always starts at the beginning, also for an expression with a `g`.
  return typeof wanted === "string" ? text === wanted : text.search(wanted) >= 0;
}

function hasPolicy({ policies }: GraphRoute, wanted: NonNullable<RouteQuery["policy"]> | null): boolean {
  if (wanted === null) return policies.length === 0;
  const members = typeof wanted === "string" ? { kind: wanted } : wanted;
  return policies.some((policy) =>
    Object.entries(members).every(([name, value]) => canonical(policy[name]) === canonical(value)),
  );
}

function hasProblem({ problems }: GraphRoute, wanted: string | number): boolean {
  return typeof wanted === "string"
    ? Object.hasOwn(problems, wanted)
    : Object.values(problems).some(({ status }) => status === wanted);
}

function schemasOf({ params, query, headers, cookies, body, outputs, problems }: GraphRoute): readonly GraphSchema[] {
  const data = Object.values(problems).map((problem) => problem.data);
  const all = [params, query, headers, cookies, body, ...Object.values(outputs), ...data];
  return all.filter((schema) => schema !== undefined && schema !== null);
}

type SchemaTest = (schema: JsonSchema, name: string | undefined) => boolean;

function schemaTest(wanted: string | JsonSchema | Schema): SchemaTest {
  if (typeof wanted === "string") {
    return ({ $id, id, title }, name) => [name, $id, id, title].includes(wanted);
  }
  const shapes = isSchema(wanted) ? [jsonSchemaOf(wanted, "input"), jsonSchemaOf(wanted, "output")] : [wanted];
  const texts = new Set(shapes.filter((shape) => shape !== undefined).map(shapeOf));
  texts.delete("{}");
  if (texts.size === 0)
    throw new TypeError("A query for a schema needs one that has a JSON Schema, and says something.");
  return (schema) => texts.has(shapeOf(schema));
}

function isSchema(value: JsonSchema | Schema): value is Schema {
  return "~standard" in value;
}

/** Keywords whose values are no schemas. */
const VALUES = new Set(["const", "enum", "default", "examples", "example"]);

function holds(schema: unknown, test: SchemaTest, name?: string): boolean {
  if (Array.isArray(schema)) return schema.some((each) => holds(each, test));
  if (typeof schema !== "object" || schema === null) return false;
  const { $defs, ...own } = schema as JsonSchema;
  return (
    test(own, name) ||
    Object.entries($defs ?? {}).some(([of, each]) => holds(each, test, of)) ||
    Object.entries(own).some(([keyword, each]) => !VALUES.has(keyword) && holds(each, test))
  );
}

/** Equal for schemas that say the same, wherever they stand and whatever they are called. */
function shapeOf({ $schema: _dialect, $defs: _definitions, $id: _uri, id: _name, ...schema }: JsonSchema): string {
  return canonical(schema);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, each: unknown) =>
      typeof each === "object" && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each,
    ) ?? "undefined"
  );
}
