/** Routes as operations, and where they stand in a document. */
import { type GraphRoute, security } from "@openspeed/core";
import type { Components } from "./components.ts";
import { parametersOf, requestBodyOf } from "./inputs.ts";
import { mergeOperations, type Resolve } from "./merge.ts";
import { ascending, free, pascal, sortedByKey } from "./names.ts";
import type { Operation, PathItem, PathMethod } from "./openapi-types.ts";
import { operation, type OperationFacts } from "./operation.ts";
import type { Edition } from "./options.ts";
import { responsesOf } from "./outputs.ts";
import { type PlacedRoute, placeRoutes } from "./paths.ts";
import type { SharedProblems } from "./problems.ts";

/** What all operations of a document share. */
export interface Shared {
  readonly components: Components;
  readonly problems: SharedProblems;
  readonly edition: Edition;
  /** Ids that are taken: paths' first, then webhooks'. */
  readonly ids: Set<string>;
}

/** The paths of an app, sorted. */
export function pathsOf(routes: readonly GraphRoute[], shared: Shared): Readonly<Record<string, PathItem>> {
  const places = Map.groupBy(placeRoutes(routes), ({ method, template }) => `${method} ${template}`);
  const items: Record<string, PathItem> = {};
  for (const same of [...places.values()].sort(([a], [b]) => ascending(orderOf(a), orderOf(b)))) {
    const [first, ...others] = same;
    if (first === undefined) continue;
    const wanted = factsOf(first.route).operationId ?? idOf(first);
    const described = (place: PlacedRoute): Operation => describe(place, wanted, shared);
    const merged = others.reduce(
      (all, place) => mergeOperations(all, described(place), behind(shared)),
      described(first),
    );
    const whole = { ...merged, operationId: free(wanted, shared.ids) };
    const item = withOperation(items[first.template] ?? {}, first.method, whole, shared.edition);
    if (item !== undefined) items[first.template] = item;
  }
  return sortedByKey(Object.entries(items));
}

/** What is sent to others, by name: a route's path without its slash. */
export function webhooksOf(routes: readonly GraphRoute[], shared: Shared): Readonly<Record<string, PathItem>> {
  return Object.fromEntries(
    routes.map((route) => {
      const name = route.path.slice(1);
      const [place] = placeRoutes([route]);
      return [
        name,
        (place && withOperation({}, place.method, describe(place, free(name, shared.ids), shared), shared.edition)) ??
          {},
      ];
    }),
  );
}

/** Those whose names the specification knows; OpenAPI 3.1 cannot say others. */
const METHODS: readonly PathMethod[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

function withOperation(item: PathItem, method: string, described: Operation, edition: Edition): PathItem | undefined {
  const known =
    METHODS.find((each) => each === method) ?? (edition === "3.2" && method === "query" ? method : undefined);
  if (known !== undefined) return { ...item, [known]: described };
  if (edition === "3.1") return undefined;
  return { ...item, additionalOperations: { ...item.additionalOperations, [method.toUpperCase()]: described } };
}

function behind({ problems }: Shared): Resolve {
  return (response) =>
    "$ref" in response ? (problems.responses()[response.$ref.replace(/^.*\//, "")] ?? { description: "" }) : response;
}

function describe(place: PlacedRoute, operationId: string, { components, problems, edition }: Shared): Operation {
  const { route } = place;
  const { summary, description, tags = [groupOf(route.path)], deprecated } = route;
  const { externalDocs, callbacks } = factsOf(route);
  const parameters = parametersOf(place, components);
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
    responses: responsesOf(route, components, problems, edition),
    ...(callbacks && { callbacks }),
    // All guards of a route must be passed, so they stand in one requirement (§4.8.30).
    ...(guards.length > 0 && { security: [Object.fromEntries(guards.map(({ name, scopes = [] }) => [name, scopes]))] }),
  };
}

/** The innermost word counts. */
export function factsOf(route: GraphRoute): OperationFacts {
  return Object.assign({}, ...operation.all(route)) as OperationFacts;
}

/** A route without tags stands with those whose path begins like its own; `/api/v1` is no group. */
function groupOf(path: string): string {
  return path.split("/").find((segment) => !/^(?:$|[:*]|api$|v\d+$)/.test(segment)) ?? "root";
}

/** As readers expect them: a path's methods together. */
function orderOf(place: PlacedRoute | undefined): string {
  return place === undefined ? "" : `${place.template} ${place.method}`;
}

/** `getTicketsById`: the same as long as the route keeps its key. */
function idOf({ method, template }: PlacedRoute): string {
  const words = template.split("/").filter((segment) => segment !== "");
  const named = words.map((segment) => (segment.startsWith("{") ? `By${pascal(segment)}` : pascal(segment)));
  return method + (named.join("") || "Root");
}

/** What a schema of a route is called that needs a name and has none: `GetTicketsById`. */
export function ownerOf({ method, path }: GraphRoute): string {
  return pascal(`${method === "*" ? "any" : method.toLowerCase()} ${path.replace(/[:*]/g, "by ")}`);
}
