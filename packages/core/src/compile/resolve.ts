import type { MetaRecord } from "../meta.ts";
import type { Middleware } from "../middleware.ts";
import { kernelProblems, type Problems } from "../problem.ts";
import type { Provider, Use } from "../provide.ts";
import { reservedNames } from "../request/reserved.ts";
import type { Report } from "./diagnose.ts";
import type { MountedRoute } from "./table.ts";

/** What a route uses, flattened: needs before what needs them, each item once. */
export interface Resolved {
  /** Request-scope providers and middleware in the order in which they run. */
  readonly steps: readonly Step[];
  /** App-scope providers, needs first. */
  readonly app: readonly Named[];
  readonly meta: MetaRecord;
  readonly problems: Problems;
}

export type Step = Named | Middleware;

/** A provider with the name under which it was asked for: a bound one answers to its port's. */
export interface Named {
  readonly kind: "named";
  readonly name: string;
  readonly provider: Provider;
  /** What was asked for, as identity. */
  readonly target: Provider;
  /** Its own needs. */
  readonly needs: readonly Named[];
}

/** Providers that stand in for others, by what they replace; the last word counts. */
export type Bindings = ReadonlyMap<Provider, Provider>;

/** Pure: what `use` means for this route of the app, with everything that is wrong about it reported. */
export function resolve(
  use: readonly Use[],
  own: Problems,
  bindings: Bindings,
  { key, source: where = key, method }: Pick<MountedRoute, "key" | "source" | "method">,
  report: Report,
): Resolved {
  const steps: Step[] = [];
  const app: Named[] = [];
  const meta: Record<string, unknown[]> = {};
  const problems: Record<string, Problems[string]> = {};
  const done = new Map<Provider | Middleware, Named | undefined>();
  const names = new Map<string, Provider>();
  const given = new Map<Provider, Provider>();

  const declare = (more: Problems, who: string): void => {
    for (const name in more) {
      const declared = more[name];
      const before = problems[name];
      if (declared === undefined) continue;
      if (Object.hasOwn(kernelProblems, name) && !isCompatible(name, declared.status)) {
        report("OS_RESERVED_NAME", where, "problem", name, who);
      } else if (before !== undefined && before !== declared && before.status !== declared.status) {
        report("OS_PROBLEM_CLASH", where, name, String(before.status), String(declared.status), who);
      }
      problems[name] ??= declared;
    }
  };

  const visit = (item: Use | undefined, chain: readonly (Provider | Middleware)[]): Named | undefined => {
    if (item?.kind === undefined) {
      // Types forbid it, but a misspelt import of a module without types gets through.
      const stray: unknown = item;
      const what = typeof stray === "function" ? `function ${stray.name}` : String(stray);
      report("OS_UNUSABLE_ITEM", where, chain.at(-1)?.name ?? "", what);
      return undefined;
    }
    if (item.kind === "meta") {
      (meta[item.key] ??= []).push(item.value);
      return undefined;
    }
    if (!covers(item, method)) return undefined;
    if (chain.includes(item)) {
      const cycle = [...chain.slice(chain.indexOf(item)), item].map(({ name }) => name).join(" → ");
      report("OS_CYCLE", where, cycle);
      return undefined;
    }
    if (done.has(item)) return done.get(item);
    const inner = [...chain, item];
    const actual = item.kind === "provider" ? bound(item, bindings) : item;
    const needs = actual.use.map((need) => visit(need, inner)).filter((need) => need !== undefined);
    for (const entry of actual.meta) visit(entry, inner);
    declare(actual.problems, actual.name);
    if (item.kind === "middleware") {
      done.set(item, undefined);
      steps.push(item);
      return undefined;
    }
    const named: Named = {
      kind: "named",
      name: item.name,
      provider: once(bound(item, bindings), item),
      target: item,
      needs,
    };
    done.set(item, named);
    judge(named, inner);
    (named.provider.scope === "app" ? app : steps).push(named);
    return named;
  };

  /** A provider that is asked for directly and through a port still runs once. */
  const once = (provider: Provider, target: Provider): Provider => {
    const first = given.get(provider);
    given.set(provider, first ?? target);
    if (first === undefined || provider.scope === "app") return provider;
    const create = (ctx: object): unknown => Reflect.get(ctx, first.name);
    return { ...provider, use: [first], dispose: undefined, create };
  };

  const judge = ({ name, provider, target, needs }: Named, chain: readonly (Provider | Middleware)[]): void => {
    const path = chain.map((each) => each.name).join(" → ");
    const other = names.get(name);
    if (provider.create === undefined) report("OS_UNBOUND_PORT", where, name, path);
    if (reservedNames.has(name)) report("OS_RESERVED_NAME", where, "provider", name, path);
    if (other !== undefined && other !== target) report("OS_DUPLICATE_NAME", where, name, path);
    names.set(name, target);
    if (provider.scope === "request") return;
    const shorter =
      needs.find((need) => need.provider.scope === "request") ?? provider.use.find(({ kind }) => kind === "middleware");
    if (shorter !== undefined && "name" in shorter) report("OS_SCOPE", where, name, shorter.name, path);
  };

  const innermost = new Map(
    use.flatMap((item) => {
      const place = placeOf(item);
      // What has nothing to do here must not push out what has.
      return place === undefined || !covers(item, method) ? [] : [[place, item] as const];
    }),
  );
  for (const item of use) visit(innermost.get(placeOf(item) ?? "") ?? item, []);
  declare(own, "The route");
  return { steps, app, meta, problems };
}

/** Of one place on a route there is one item. A name is a part of it: two guards that took the same slot by chance both stand. */
function placeOf(item: Use | undefined): string | undefined {
  return item?.kind === "middleware" && item.slot !== undefined ? `${item.name} ${item.slot}` : undefined;
}

function covers(item: Use | undefined, method: string): boolean {
  return item?.kind !== "middleware" || item.covers?.(method) !== false;
}

function isCompatible(name: string, status: number): boolean {
  return Object.entries(kernelProblems).some(([own, declared]) => own === name && declared.status === status);
}

function bound(provider: Provider, bindings: Bindings): Provider {
  const seen = new Set<Provider>();
  let actual = provider;
  for (let next = bindings.get(actual); next !== undefined && !seen.has(next); next = bindings.get(actual)) {
    seen.add(next);
    actual = next;
  }
  return actual;
}
