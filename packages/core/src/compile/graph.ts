import type { App } from "../app.ts";
import { isBodyKind } from "../body.ts";
import type { MetaRecord } from "../meta.ts";
import { policy, type Policy } from "../meta.ts";
import type { Mount } from "../mount.ts";
import type { Capability } from "../plugin.ts";
import { kernelProblems, type Problems } from "../problem.ts";
import type { AnyShape } from "../route.ts";
import type { Scope, Use } from "../provide.ts";
import { outputsOf } from "../request/declared.ts";
import { type JsonSchema, jsonSchemaOf, type Schema } from "../schema.ts";
import { describedParams } from "./matching.ts";
import type { Step } from "./resolve.ts";
import type { MountedRoute } from "./table.ts";

/** Everything that an app answers to, as JSON. Order is stable; absent facts are left out. */
export interface Graph {
  readonly version: 1;
  /** By path, then method. */
  readonly routes: readonly GraphRoute[];
  /** By name. */
  readonly providers: readonly GraphProvider[];
  /** By name. */
  readonly middleware: readonly GraphMiddleware[];
  readonly plugins: readonly { readonly name: string; readonly capabilities: readonly Capability[] }[];
}

export interface GraphRoute {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly source?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
  /** Providers and middleware by name, in the order in which they run. */
  readonly uses: readonly string[];
  readonly policies: readonly Policy[];
  readonly meta: MetaRecord;
  readonly params?: GraphSchema;
  readonly query?: GraphSchema;
  readonly headers?: GraphSchema;
  readonly cookies?: GraphSchema;
  readonly body?: GraphSchema & { readonly types: readonly string[] };
  /** By status. */
  readonly outputs: { readonly [status: string]: GraphSchema | null };
  readonly offers?: readonly string[];
  /** By name: the route's own, those of everything it uses, and what the kernel may answer in its place. */
  readonly problems: {
    readonly [name: string]: { readonly status: number; readonly title: string; readonly data?: GraphSchema };
  };
  readonly limits?: { readonly body?: string | number; readonly handler?: string | number };
}

/** Both sides of a schema as JSON Schema 2020-12: before and after its transforms. `{}` where its library cannot say. */
export interface GraphSchema {
  readonly input: JsonSchema;
  readonly output: JsonSchema;
}

/** What routes use. */
export interface GraphItem {
  readonly name: string;
  /** What it uses itself, by name. */
  readonly needs: readonly string[];
  /** The statuses of the problems that it declares, by name. */
  readonly problems: { readonly [name: string]: number };
}

export interface GraphMiddleware extends GraphItem {
  /** Whether it answers preflights that ask for its routes. */
  readonly preflight?: boolean;
}

export interface GraphProvider extends GraphItem {
  readonly scope: Scope;
}

/**
 * The graph of an app, of one too that strict mode would not start. Loads lazy routes; creates no values.
 *
 * @throws CompileError
 */
export async function graph(app: App): Promise<Graph> {
  const { routes } = await app.compile({ strict: false });
  return {
    version: 1,
    routes: routes.map(describeRoute).sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method)),
    ...describeItems(routes),
    plugins: app.plugins.map(({ name, capabilities }) => ({ name, capabilities })),
  };
}

// By code points: the order must not depend on the machine's language.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function describeRoute(mounted: MountedRoute): GraphRoute {
  const { key, method, path, source, route, mount, meta, resolved } = mounted;
  const shape = route?.shape ?? {};
  const params = describedParams(shape, mounted);
  const { [policy.key]: _policies, ...otherMeta } = meta;
  return {
    key,
    method,
    path,
    ...present({
      source,
      summary: shape.summary,
      description: shape.description,
      tags: shape.tags,
      deprecated: shape.deprecated,
    }),
    uses: [...(resolved?.app ?? []), ...(resolved?.steps ?? [])].map(nameOf),
    policies: policy.all({ meta }),
    meta: otherMeta,
    ...present({
      params: params && both(params),
      query: shape.query && both(shape.query),
      headers: shape.headers && both(shape.headers),
      cookies: shape.cookies && both(shape.cookies),
      body: shape.body && describeBody(shape.body),
    }),
    outputs: Object.fromEntries(
      Object.entries(outputsOf(shape.output) ?? {}).map(([status, schema]) => [status, schema && both(schema)]),
    ),
    ...present({ offers: shape.offers }),
    problems: describeProblems({ ...refusals(shape, mount), ...resolved?.problems }),
    ...present({ limits: shape.limits }),
  };
}

function nameOf(step: Step): string {
  return step.name;
}

/** Without the members that are not there. */
function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function both(schema: Schema): GraphSchema {
  return { input: jsonSchemaOf(schema, "input") ?? {}, output: jsonSchemaOf(schema, "output") ?? {} };
}

function describeBody(schema: Schema): GraphSchema & { readonly types: readonly string[] } {
  return isBodyKind(schema)
    ? { types: schema.accepts, ...both(schema.schema) }
    : { types: ["application/json"], ...both(schema) };
}

/** What the kernel may answer before, after or instead of a route's handler, given what the route declares. */
function refusals({ params, query, headers, cookies, body, offers }: AnyShape, { matchers }: Mount): Problems {
  const { malformed, uriTooLong, internal, timeout, overloaded, notFound } = kernelProblems;
  const { invalid, tooLarge, unsupportedMediaType, notAcceptable } = kernelProblems;
  return {
    malformed,
    uriTooLong,
    internal,
    timeout,
    overloaded,
    // A path that its matchers refuse may be nobody's.
    ...(matchers && { notFound }),
    ...((params ?? query ?? headers ?? cookies ?? body) && { invalid }),
    ...(body && { tooLarge, unsupportedMediaType }),
    ...(offers && { notAcceptable }),
  };
}

function describeProblems(problems: Problems): GraphRoute["problems"] {
  const entries = Object.entries(problems).sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(
    entries.map(([name, { status, title, data }]) => [
      name,
      { status, title, ...present({ data: data && both(data) }) },
    ]),
  );
}

/** Everything that routes use; different items of one name are described as one. */
function describeItems(routes: readonly MountedRoute[]): Pick<Graph, "providers" | "middleware"> {
  const providers = new Map<string, GraphProvider>();
  const middleware = new Map<string, GraphMiddleware>();
  for (const { resolved } of routes) {
    for (const step of [...(resolved?.app ?? []), ...(resolved?.steps ?? [])]) {
      if (step.kind === "named") {
        const { scope, problems } = step.provider;
        const item = describeItem(providers.get(step.name), step.name, step.needs.map(nameOf), problems);
        providers.set(step.name, { ...item, scope });
      } else {
        const item = describeItem(middleware.get(step.name), step.name, step.use.flatMap(nameOfUse), step.problems);
        middleware.set(step.name, step.preflight === true ? { ...item, preflight: true } : item);
      }
    }
  }
  const byName = (a: GraphItem, b: GraphItem): number => compare(a.name, b.name);
  return { providers: [...providers.values()].sort(byName), middleware: [...middleware.values()].sort(byName) };
}

function describeItem(
  before: GraphItem | undefined,
  name: string,
  needs: readonly string[],
  problems: Problems,
): GraphItem {
  const statuses = Object.entries(problems).map(([problem, { status }]): [string, number] => [problem, status]);
  return {
    name,
    needs: [...new Set([...(before?.needs ?? []), ...needs])],
    problems: { ...before?.problems, ...Object.fromEntries(statuses.sort(([a], [b]) => compare(a, b))) },
  };
}

function nameOfUse(item: Use): readonly string[] {
  return item.kind === "meta" ? [] : [item.name];
}
