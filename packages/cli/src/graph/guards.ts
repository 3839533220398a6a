import type { Graph, GraphRoute } from "@openspeed/core";

/** What keeps callers out of a route, by name. */
export interface Guards {
  /** Policies other than `public`, by kind; one twice counts twice. */
  readonly policies: readonly string[];
  /** Problems with the status 401 or 403. */
  readonly problems: readonly string[];
  /** Items that can be where those problems come from. */
  readonly items: readonly string[];
}

/** 401 asks who is there, 403 says that it may not be (RFC 9110 §15.5.2, §15.5.4). */
function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

/** Reads the guards of a graph's routes. */
export function guardsIn(graph: Graph): (route: GraphRoute) => Guards {
  const shared = sharedRefusals(graph);
  return (route) => ({
    policies: route.policies.map(({ kind }) => kind).filter((kind) => kind !== "public"),
    problems: refusalsOf(route),
    items: route.uses.filter((item) => (shared.get(item)?.length ?? 0) > 0),
  });
}

/**
 * The refusals that all routes with an item have in common. A graph names no item's problems, but what an item declares
 * is on every route that uses it; so one without such a refusal is no guard. Values of the app see no request.
 */
function sharedRefusals(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const ofApp = new Set(graph.providers.filter(({ scope }) => scope === "app").map(({ name }) => name));
  const shared = new Map<string, string[]>();
  for (const route of graph.routes) {
    const refusals = refusalsOf(route);
    for (const item of route.uses) {
      if (!ofApp.has(item)) shared.set(item, shared.get(item)?.filter((each) => refusals.includes(each)) ?? refusals);
    }
  }
  return shared;
}

function refusalsOf({ problems }: GraphRoute): string[] {
  return Object.entries(problems)
    .filter(([, { status }]) => isRefusal(status))
    .map(([name, { status }]) => `${name} (${status})`);
}
