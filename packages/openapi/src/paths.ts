/** An app's paths as OpenAPI writes them: templates, each optional parameter once with and once without. */
import type { GraphRoute } from "@openspeed/core";

/** A route at one path template. */
export interface PlacedRoute {
  /** `/tickets/{id}` */
  readonly template: string;
  /** The parameters in it: as the template names them, and as the route does. */
  readonly params: readonly { readonly name: string; readonly own: string; readonly rest: boolean }[];
  /** In lower case, as members of a Path Item are written. */
  readonly method: string;
  readonly route: GraphRoute;
}

/** The methods that a route for every method stands for, where none of its own is there. */
const EVERY = ["get", "put", "post", "delete", "patch"];

/**
 * Where each route stands. Templates that differ in nothing but the names of their parameters are one path (§4.8.8.1), so
 * routes that only matchers tell apart have one place. A route for every method stands where no other of the method does.
 */
export function placeRoutes(routes: readonly GraphRoute[]): readonly PlacedRoute[] {
  const taken = new Set<string>();
  const templates = new Map<string, string>();
  const place = (route: GraphRoute, methods: readonly string[]): readonly PlacedRoute[] =>
    variantsOf(route.path).flatMap(({ outline, template, params }) => {
      const shared = templates.get(outline) ?? template;
      templates.set(outline, shared);
      return methods
        .filter((method) => route.method !== "*" || !taken.has(`${method} ${outline}`))
        .map((method) => ({ template: shared, params: namedAs(shared, params), method, route }));
    });
  const own = routes
    .filter(({ method }) => method !== "*" && method !== "404")
    .flatMap((route) => place(route, [route.method.toLowerCase()]));
  for (const { method, template } of own) taken.add(`${method} ${outlineOf(template)}`);
  return [...own, ...routes.filter(({ method }) => method === "*").flatMap((route) => place(route, EVERY))];
}

function outlineOf(template: string): string {
  return template.replace(/\{[^}]*\}/g, "{}");
}

interface Variant {
  readonly outline: string;
  readonly template: string;
  readonly params: PlacedRoute["params"];
}

function variantsOf(path: string): readonly Variant[] {
  let variants: (readonly string[])[] = [[]];
  for (const segment of path.split("/").slice(1)) {
    const plain = /^:.*\?$/.test(segment) ? segment.slice(0, -1) : segment;
    const longer = variants.map((variant) => [...variant, plain]);
    variants = plain === segment ? longer : [...longer, ...variants];
  }
  return variants.map((segments) => {
    const params = segments
      .filter((segment) => /^[:*]/.test(segment))
      .map((segment) => ({ name: segment.slice(1), own: segment.slice(1), rest: segment.startsWith("*") }));
    const written = (inner: (name: string) => string): string =>
      `/${segments.map((segment) => (/^[:*]/.test(segment) ? inner(segment.slice(1)) : literal(segment))).join("/")}`;
    const template = written((name) => `{${name}}`);
    return { outline: outlineOf(template), template, params };
  });
}

/** A segment as it stands in a URL; braces would begin a parameter. */
function literal(segment: string): string {
  return encodeURI(segment).replaceAll("%25", "%").replaceAll("?", "%3F").replaceAll("#", "%23");
}

/** The parameters under the names that the shared template gives them. */
function namedAs(template: string, params: PlacedRoute["params"]): PlacedRoute["params"] {
  const names = [...template.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? "");
  return params.map((param, i) => ({ ...param, name: names[i] ?? param.name }));
}
