import { type Graph, type GraphRoute, security } from "@openspeed/core";
import { type Components, makeComponents } from "./components.ts";
import { isRecord } from "./definitions.ts";
import { ascending, sortedByKey } from "./names.ts";
import type { OpenApiDocument, Operation, PathItem } from "./openapi-types.ts";
import { factsOf, ownerOf, pathsOf, type Shared, webhooksOf } from "./operations.ts";
import type { DocumentOptions, Edition } from "./options.ts";
import { shareProblems } from "./problems.ts";

const EDITIONS: Readonly<Record<Edition, string>> = { "3.1": "3.1.1", "3.2": "3.2.0" };

/**
 * The OpenAPI document of an app: everything comes from its graph, nothing is written twice. The same routes give the same
 * text on every machine, in whatever order they were mounted.
 *
 * @example
 * const document = documentOf(await graph(app), { title: "Desk" });
 */
export function documentOf(graph: Pick<Graph, "routes">, options: DocumentOptions): OpenApiDocument {
  const { openapi: edition = "3.1", servers, externalDocs, include = () => true, webhooks = [] } = options;
  const routes = graph.routes
    .filter((route) => route.method !== "404" && factsOf(route).hidden !== true && include(route))
    .map((route) => [JSON.stringify(route), route] as const)
    // Matchers tell apart what has one key, and the graph keeps these in the order of mounting.
    .sort(
      ([a, first], [b, other]) =>
        ascending(first.path, other.path) || ascending(first.method, other.method) || ascending(a, b),
    )
    .map(([, route]) => route);
  const components = makeComponents();
  for (const route of [...routes, ...webhooks]) collect(route, components);
  const problems = shareProblems([...routes, ...webhooks], components);
  const shared: Shared = { components, problems, edition, ids: new Set() };
  const paths = pathsOf(routes, shared);
  const received = webhooksOf(webhooks, shared);
  const tags = tagsOf(options, [...Object.values(paths), ...Object.values(received)]);
  const schemes = [...routes, ...webhooks].flatMap((route) =>
    security.all(route).map(({ name, scheme }): [string, object] => [name, scheme]),
  );
  const said = {
    openapi: EDITIONS[edition],
    info: infoOf(options),
    ...(servers && { servers }),
    ...(tags.length > 0 && { tags }),
    ...(externalDocs && { externalDocs }),
    paths,
    ...(webhooks.length > 0 && { webhooks: received }),
  };
  const responses = problems.responses();
  const schemas = reached({ said, responses }, { ...components.schemas(), ...problems.schemas() });
  const parts = {
    ...(Object.keys(schemas).length > 0 && { schemas }),
    ...(Object.keys(responses).length > 0 && { responses }),
    ...(schemes.length > 0 && { securitySchemes: sortedByKey(schemes) }),
  };
  return { ...said, ...(Object.keys(parts).length > 0 && { components: parts }) };
}

function infoOf(options: DocumentOptions): OpenApiDocument["info"] {
  const { title, version = "0.0.0", summary, description, termsOfService, contact, license } = options;
  const told = { summary, description, termsOfService, contact, license };
  return { title, version, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) };
}

function collect(route: GraphRoute, components: Components): void {
  const owner = ownerOf(route);
  for (const schema of [route.params, route.query, route.headers, route.cookies, route.body])
    components.collect(schema, "input", owner);
  for (const schema of Object.values(route.outputs)) components.collect(schema, "output", owner);
  for (const { data } of Object.values(route.problems)) components.collect(data, "output", owner);
}

/** The schemas that are referred to, sorted: parameters are listed one by one, so that the object of them is not. */
function reached(
  from: object,
  schemas: NonNullable<NonNullable<OpenApiDocument["components"]>["schemas"]>,
): NonNullable<NonNullable<OpenApiDocument["components"]>["schemas"]> {
  const found = new Map<string, (typeof schemas)[string]>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) {
      const name = typeof value["$ref"] === "string" ? value["$ref"].replace("#/components/schemas/", "") : "";
      const schema = schemas[name];
      if (schema !== undefined && !found.has(name)) {
        found.set(name, schema);
        visit(schema);
      }
      Object.values(value).forEach(visit);
    }
  };
  visit(from);
  return sortedByKey(found);
}

function tagsOf({ tags = [] }: DocumentOptions, items: readonly PathItem[]): NonNullable<OpenApiDocument["tags"]> {
  const operations = items.flatMap(({ additionalOperations = {}, ...own }): readonly Operation[] => [
    ...Object.values(own),
    ...Object.values(additionalOperations),
  ]);
  const used = operations.flatMap((each) => each.tags ?? []);
  const others = [...new Set(used)].filter((name) => !tags.some((tag) => tag.name === name)).sort(ascending);
  return [...tags, ...others.map((name) => ({ name }))];
}
