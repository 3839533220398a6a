import type { Graph, GraphRoute } from "@openspeed/core";

/** What keeps callers out of a route, by name. */
export interface Guards {
  /** Policies other than `public`, by kind; one twice counts twice. */
  readonly policies: readonly string[];
  /** Problems with the status 401 or 403. */
  readonly problems: readonly string[];
  /** Items that declare such problems. */
  readonly items: readonly string[];
}

/** 401 asks who is there, 403 says that it may not be (RFC 9110 §15.5.2, §15.5.4). */
function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

/** Reads the guards of a graph's routes. */
export function guardsIn(graph: Graph): (route: GraphRoute) => Guards {
  const guards = new Set(
    [...graph.providers, ...graph.middleware]
      .filter(({ problems }) => Object.values(problems).some(isRefusal))
      .map(({ name }) => name),
  );
  return (route) => ({
    policies: route.policies.map(({ kind }) => kind).filter((kind) => kind !== "public"),
    problems: refusalsOf(route),
    items: route.uses.filter((item) => guards.has(item)),
  });
}

function refusalsOf({ problems }: GraphRoute): string[] {
  return Object.entries(problems)
    .filter(([, { status }]) => isRefusal(status))
    .map(([name, { status }]) => `${name} (${status})`);
}
