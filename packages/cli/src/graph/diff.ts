import type { Graph, GraphRoute } from "@openspeed/core";
import { type Change, changesOf } from "./changes.ts";
import { type Guards, guardsIn } from "./guards.ts";
import { without } from "./without.ts";

/** Everything that differs between two graphs of an app, as callers and reviewers see it. */
export interface GraphDiff {
  readonly added: readonly RouteName[];
  readonly removed: readonly RouteName[];
  readonly changed: readonly ChangedRoute[];
  /** Routes that lost a policy or a guard, and new ones without any where the app has policies. */
  readonly unprotected: readonly UnprotectedRoute[];
}

export interface RouteName {
  readonly key: string;
  readonly source?: string;
}

export interface ChangedRoute extends RouteName {
  readonly changes: readonly Change[];
}

export interface UnprotectedRoute extends RouteName {
  readonly new: boolean;
  /** What it has no more: policies by kind, problems by name and status, items by name. */
  readonly lost: readonly string[];
}

/** Pure: how `after` differs from `before`. Routes are told apart by method and path, then by their files. */
export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const { pairs, added, removed } = pair(before.routes, after.routes);
  const [guardsBefore, guardsAfter] = [guardsIn(before), guardsIn(after)];
  const hasPolicies = after.routes.some(({ policies }) => policies.length > 0);

  const weakened = pairs.flatMap(([old, now]): UnprotectedRoute[] => {
    const lost = lostGuards(guardsBefore(old), guardsAfter(now));
    if (lost.length === 0 && old.policies.length > 0 && now.policies.length === 0) lost.push("policy public");
    return lost.length === 0 ? [] : [{ ...nameOf(now), new: false, lost }];
  });
  const open = added
    .filter((route) => hasPolicies && route.method !== "404" && isOpen(route, guardsAfter(route)))
    .map((route) => ({ ...nameOf(route), new: true, lost: [] }));

  return {
    added: added.map(nameOf),
    removed: removed.map(nameOf),
    changed: pairs
      .map(([old, now]) => ({ ...nameOf(now), changes: changesOf(old, now) }))
      .filter(({ changes }) => changes.length > 0),
    unprotected: [...weakened, ...open],
  };
}

/** Neither a guard nor a word about who may call it. */
function isOpen(route: GraphRoute, { problems }: Guards): boolean {
  return route.policies.length === 0 && problems.length === 0;
}

function lostGuards(before: Guards, after: Guards): string[] {
  const policies = without(before.policies, after.policies).map((kind) => `policy ${kind}`);
  const problems = without(before.problems, after.problems).map((problem) => `problem ${problem}`);
  // The route may declare the same problem itself; then only the items tell.
  const items = after.items.length === 0 ? before.items.map((item) => `guard ${item}`) : [];
  return [...policies, ...(problems.length > 0 || after.problems.length === 0 ? problems : items)];
}

interface Paired {
  readonly pairs: readonly (readonly [GraphRoute, GraphRoute])[];
  readonly added: readonly GraphRoute[];
  readonly removed: readonly GraphRoute[];
}

function pair(before: readonly GraphRoute[], after: readonly GraphRoute[]): Paired {
  const pairs: (readonly [GraphRoute, GraphRoute])[] = [];
  let [old, now] = [[...before], [...after]];
  // The exact ones first: routes that differ in their matchers have one key. Last, a file that stands for another path.
  for (const identify of [
    ({ key, source }: GraphRoute) => `${key} ${source ?? ""}`,
    ({ key }: GraphRoute) => key,
    ({ method, source }: GraphRoute) => (source === undefined ? undefined : `${method} ${source}`),
  ]) {
    const waiting = Map.groupBy(old, identify);
    const left: GraphRoute[] = [];
    for (const route of now) {
      const name = identify(route);
      const partner = name === undefined ? undefined : waiting.get(name)?.shift();
      if (partner === undefined) left.push(route);
      else pairs.push([partner, route]);
    }
    const taken = new Set(pairs.map(([partner]) => partner));
    old = old.filter((route) => !taken.has(route));
    now = left;
  }
  const order = new Map(after.map((route, index) => [route, index]));
  pairs.sort(([, a], [, b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return { pairs, added: now, removed: old };
}

function nameOf({ key, source }: GraphRoute): RouteName {
  return source === undefined ? { key } : { key, source };
}
