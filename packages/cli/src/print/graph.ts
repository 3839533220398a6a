import type { Graph } from "@openspeed/core";
import { policyInWords } from "../graph/policy-in-words.ts";
import { count, table } from "./table.ts";
import type { Style } from "./terminal.ts";

/** What an app is made of, at a glance: how many routes use, answer and declare each thing. */
export function printGraph({ routes, providers, plugins }: Graph, style: Style): string {
  const users = (name: string): string => count(routes.filter(({ uses }) => uses.includes(name)).length, "route");
  const problems = tally(
    routes.flatMap((route) => Object.entries(route.problems).map(([name, { status }]) => `${status} ${name}`)),
  );
  const policies = tally(
    routes.flatMap((route) => (route.policies.length === 0 ? ["none"] : route.policies.map(policyInWords))),
  );
  const named = new Set(providers.map(({ name }) => name));
  const middleware = tally(routes.flatMap(({ uses }) => uses.filter((name) => !named.has(name))));
  const methods = tally(routes.map(({ method }) => method)).map(([method, n]) => `${n} ${method}`);
  return [
    style.bold(count(routes.length, "route")) + (methods.length === 0 ? "" : `: ${methods.join(", ")}`),
    section(
      "Policies",
      policies.map(([name, n]) => [name, count(n, "route")]),
    ),
    section(
      "Providers",
      providers.map(({ name, scope, needs }) => [
        name,
        scope,
        users(name),
        needs.length === 0 ? "" : `needs ${needs.join(", ")}`,
      ]),
    ),
    section(
      "Middleware",
      middleware.map(([name, n]) => [name, count(n, "route")]),
    ),
    section(
      "Problems",
      problems.map(([name, n]) => [name, count(n, "route")]),
    ),
    section(
      "Plugins",
      plugins.map(({ name, capabilities }) => [name, capabilities.join(", ")]),
    ),
  ]
    .filter((block) => block !== undefined)
    .join("\n\n");

  function section(title: string, rows: readonly (readonly string[])[]): string | undefined {
    if (rows.length === 0) return undefined;
    const lines = table(rows, (cell, column) => (column === 0 ? cell : style.dim(cell)));
    return `${style.bold(title)}\n${lines.replaceAll(/^/gm, "  ")}`;
  }
}

/** How often each word is there, in the order of words. */
function tally(words: readonly string[]): readonly (readonly [string, number])[] {
  return [...Map.groupBy(words, (word) => word)]
    .map(([word, all]) => [word, all.length] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
