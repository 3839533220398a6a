import type { App } from "../app.ts";
import { isBodyKind } from "../body.ts";
import type { MetaRecord } from "../meta.ts";
import { policy, type Policy } from "../meta.ts";
import type { Capability } from "../plugin.ts";
import { kernelProblems, type Problems } from "../problem.ts";
import type { AnyShape } from "../route.ts";
import type { Scope } from "../provide.ts";
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

export interface GraphProvider {
  readonly name: string;
  readonly scope: Scope;
  /** What it needs, by name. */
  readonly needs: readonly string[];
}

/**
 * The graph of an app. Loads lazy routes; creates no values.
 *
 * @throws CompileError
 */
export async function graph(app: App): Promise<Graph> {
  const { routes } = await app.compile();
  return {
    version: 1,
    routes: routes.map(describeRoute).sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method)),
    providers: describeProviders(routes),
    plugins: app.plugins.map(({ name, capabilities }) => ({ name, capabilities })),
  };
}

// By code points: the order must not depend on the machine's language.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function describeRoute(mounted: MountedRoute): GraphRoute {
  const { key, method, path, source, route, meta, resolved } = mounted;
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
    problems: describeProblems({ ...refusals(shape), ...resolved?.problems }),
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
function refusals({ params, query, headers, cookies, body, offers }: AnyShape): Problems {
  const { malformed, uriTooLong, internal, timeout, invalid, tooLarge, unsupportedMediaType, notAcceptable } =
    kernelProblems;
  return {
    malformed,
    uriTooLong,
    internal,
    timeout,
    ...((params ?? query ?? headers ?? cookies ?? body) && { invalid }),
    ...(body && { tooLarge }),
    ...(body && describeBody(body).types.length > 0 && { unsupportedMediaType }),
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

function describeProviders(routes: readonly MountedRoute[]): readonly GraphProvider[] {
  const found = new Map<string, GraphProvider>();
  for (const { resolved } of routes) {
    for (const step of [...(resolved?.app ?? []), ...(resolved?.steps ?? [])]) {
      if (step.kind === "named")
        found.set(step.name, { name: step.name, scope: step.provider.scope, needs: step.needs.map(nameOf) });
    }
  }
  return [...found.values()].sort((a, b) => compare(a.name, b.name));
}
