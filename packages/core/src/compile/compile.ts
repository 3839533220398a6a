import { type MetaRecord, policy } from "../meta.ts";
import { type Mount, placeOf } from "../mount.ts";
import type { Use } from "../provide.ts";
import { makeRoute, type Route } from "../route.ts";
import { parseDuration, parseSize } from "../limits.ts";
import type { Report } from "./diagnose.ts";
import { type Bindings, resolve } from "./resolve.ts";
import { checkParams, type MountedRoute, type Pattern, tabulate } from "./table.ts";

/** Everything that an app says, before anything is done with it. */
export interface Definition {
  readonly mounts: readonly Mount[];
  /** Around every route. */
  readonly use: readonly Use[];
  readonly wraps: readonly { readonly item: Use; readonly only: (mount: Mount) => boolean }[];
  readonly bindings: Bindings;
  readonly strict: boolean;
}

export interface Table {
  readonly patterns: readonly Pattern[];
  /** In the order of mounting. */
  readonly routes: ReadonlyMap<Mount, MountedRoute>;
}

/** Pure: paths and routes checked and resolved; all that is wrong is reported. */
export function compile(definition: Definition, report: Report): Table {
  const patterns = tabulate(definition.mounts, report);
  const routes = new Map<Mount, MountedRoute>();
  for (const { mount, params } of patterns) {
    if (!routes.has(mount)) routes.set(mount, describeMount(mount, params, definition, report));
  }
  return { patterns, routes };
}

function describeMount(mount: Mount, params: readonly string[], definition: Definition, report: Report): MountedRoute {
  const { route } = mount;
  return route.kind === "lazy"
    ? { ...identity(mount), route: undefined, lazy: route, params, meta: {}, resolved: undefined }
    : resolveRoute(mount, route, params, definition, report);
}

function identity(mount: Mount): Pick<MountedRoute, "key" | "method" | "path" | "source" | "mount"> {
  return { key: `${mount.method} ${mount.path}`, method: mount.method, path: mount.path, source: mount.source, mount };
}

/** Resolves a route that is at hand: at once, or when a lazy one was loaded. */
export function resolveRoute(mount: Mount, route: Route, params: readonly string[], definition: Definition, report: Report): MountedRoute {
  const wraps = definition.wraps.filter(({ only }) => only(mount)).map(({ item }) => item);
  const use = [...definition.use, ...wraps, ...(mount.use ?? []), ...(route.shape.use ?? [])];
  const resolved = resolve(use, route.shape.problems ?? {}, definition.bindings, mount.source ?? `${mount.method} ${mount.path}`, report);
  checkParams(mount, route, params, report);
  checkLimits(mount, route, report);
  if (definition.strict) checkPolicy(mount, resolved.meta, report);
  return { ...identity(mount), route, lazy: undefined, params, meta: resolved.meta, resolved };
}

function checkLimits(mount: Mount, { shape: { limits = {} } }: Route, report: Report): void {
  const check = (name: "body" | "handler", amount: number | undefined, example: string): void => {
    if (limits[name] !== undefined && amount === undefined) report("OS_INVALID_LIMIT", placeOf(mount), name, JSON.stringify(limits[name]), example);
  };
  check("body", parseSize(limits.body), '"64KiB"');
  check("handler", parseDuration(limits.handler), '"5s"');
}

function checkPolicy(mount: Mount, meta: MetaRecord, report: Report): void {
  if (policy.all({ meta }).length === 0) report("OS_UNPOLICED_ROUTE", placeOf(mount), `${mount.method} ${mount.path}`);
}

/** What stands around all that no route takes: a miss is compiled like a route. */
export function resolveFallback(definition: Definition, report: Report): MountedRoute {
  const route = makeRoute(() => undefined);
  const mount: Mount = { method: "*", path: "/*path", route, source: "what no route takes" };
  return resolveRoute(mount, route, ["path"], { ...definition, strict: false }, report);
}
