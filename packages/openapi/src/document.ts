import { type Graph, type GraphRoute, security } from "@openspeed/core";
import { type Components, makeComponents } from "./components.ts";
import { parametersOf, requestBodyOf } from "./inputs.ts";
import type { OpenApiDocument, Operation, PathItem } from "./openapi-types.ts";
import { operation } from "./operation.ts";
import type { DocumentOptions, Edition } from "./options.ts";
import { problemComponent, responsesOf } from "./outputs.ts";
import { type PlacedRoute, placeRoutes } from "./paths.ts";

const EDITIONS: Readonly<Record<Edition, string>> = { "3.1": "3.1.1", "3.2": "3.2.0" };

/**
 * The OpenAPI document of an app: everything comes from its graph, nothing is written twice. The same graph gives the same
 * text on every machine.
 *
 * @example
 * const document = documentOf(await graph(app), { title: "Desk" });
 */
export function documentOf(graph: Graph, options: DocumentOptions): OpenApiDocument {
  const { openapi = "3.1", servers, externalDocs, include = () => true, webhooks = [] } = options;
  const routes = graph.routes.filter((route) => !factsOf(route).hidden && include(route));
  const components = makeComponents();
  for (const route of [...routes, ...webhooks]) collect(route, components);
  const placed = placeRoutes(routes);
  const ids = operationIds(placed);
  const paths = itemsOf(placed, (each) => describe(each, ids.get(each) ?? "", components, openapi));
  const received = Object.fromEntries(
    webhooks.map((route): [string, PathItem] => {
      const [each] = placeRoutes([route]);
      const name = route.path.slice(1);
      return [name, each === undefined ? {} : { [each.method]: describe(each, name, components, openapi) }];
    }),
  );
  const schemes = [...routes, ...webhooks].flatMap((route) =>
    security.all(route).map(({ name, scheme }) => [name, scheme] as const),
  );
  const tags = tagsOf(options, paths);
  return {
    openapi: EDITIONS[openapi],
    info: infoOf(options),
    ...(servers && { servers }),
    ...(tags.length > 0 && { tags }),
    ...(externalDocs && { externalDocs }),
    paths,
    ...(webhooks.length > 0 && { webhooks: received }),
    components: {
      schemas: { ...components.schemas(), Problem: problemComponent },
      ...(schemes.length > 0 && { securitySchemes: Object.fromEntries(schemes.sort(([a], [b]) => (a < b ? -1 : 1))) }),
    },
  };
}

function infoOf(options: DocumentOptions): OpenApiDocument["info"] {
  const { title, version = "0.0.0", summary, description, termsOfService, contact, license } = options;
  const told = { summary, description, termsOfService, contact, license };
  return { title, version, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) };
}

function collect(route: GraphRoute, components: Components): void {
  for (const schema of [route.params, route.query, route.headers, route.cookies, route.body])
    components.collect(schema, "input");
  for (const schema of Object.values(route.outputs)) components.collect(schema, "output");
  for (const { data } of Object.values(route.problems)) components.collect(data, "output");
}

function itemsOf(
  placed: readonly PlacedRoute[],
  describeOne: (each: PlacedRoute) => Operation,
): Readonly<Record<string, PathItem>> {
  const items: Record<string, Record<string, Operation>> = {};
  for (const each of placed) (items[each.template] ??= {})[each.method] = describeOne(each);
  return Object.fromEntries(Object.entries(items).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function describe(placed: PlacedRoute, operationId: string, components: Components, edition: Edition): Operation {
  const { route } = placed;
  const { summary, description, tags = [groupOf(route.path)], deprecated } = route;
  const { externalDocs, callbacks } = factsOf(route);
  const parameters = parametersOf(placed, components);
  const requestBody = requestBodyOf(route, components);
  const guards = security.all(route);
  return {
    operationId,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    tags,
    ...(deprecated !== undefined && { deprecated }),
    ...(externalDocs && { externalDocs }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: responsesOf(route, components, edition),
    ...(callbacks && { callbacks }),
    // All guards of a route must be passed, so they stand in one requirement (§4.8.30).
    ...(guards.length > 0 && { security: [Object.fromEntries(guards.map(({ name, scopes = [] }) => [name, scopes]))] }),
  };
}

function factsOf(route: GraphRoute): ReturnType<typeof operation.all>[number] {
  return Object.assign({}, ...operation.all(route)) as ReturnType<typeof operation.all>[number];
}

/** A route without tags stands with those whose path begins like its own. */
function groupOf(path: string): string {
  return path.split("/").find((segment) => segment !== "" && !/^[:*]/.test(segment)) ?? "root";
}

function tagsOf({ tags = [] }: DocumentOptions, paths: OpenApiDocument["paths"]): NonNullable<OpenApiDocument["tags"]> {
  const used = Object.values(paths).flatMap((item) => Object.values(item).flatMap((each) => each.tags ?? []));
  const others = [...new Set(used)].filter((name) => !tags.some((tag) => tag.name === name)).sort();
  return [...tags, ...others.map((name) => ({ name }))];
}

/** `getTicketsById`: unique, and the same as long as the route keeps its key. */
function operationIds(placed: readonly PlacedRoute[]): ReadonlyMap<PlacedRoute, string> {
  const taken = new Set<string>();
  return new Map(
    placed.map((each) => {
      const chosen = factsOf(each.route).operationId ?? idOf(each);
      let id = chosen;
      for (let number = 2; taken.has(id); number++) id = `${chosen}${number}`;
      taken.add(id);
      return [each, id];
    }),
  );
}

function idOf({ method, template }: PlacedRoute): string {
  const words = template.split("/").filter((segment) => segment !== "");
  const named = words.map((segment) => {
    const word = segment.replace(/[^\p{L}\p{N}]+(.)?/gu, (_, next: string | undefined) => next?.toUpperCase() ?? "");
    const capital = word.charAt(0).toUpperCase() + word.slice(1);
    return segment.startsWith("{") ? `By${capital}` : capital;
  });
  return method + (named.join("") || "Root");
}
