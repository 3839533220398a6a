import { matchesGlob } from "node:path";
import type { GraphRoute } from "@openspeed/core";
import { policyInWords } from "../graph/policy-in-words.ts";
import { count, table } from "./table.ts";
import type { Style } from "./terminal.ts";

export interface RouteFilter {
  readonly method?: string;
  readonly path?: string;
  readonly policy?: string;
  readonly uses?: string;
  readonly unpoliced?: boolean;
}

/** Pure: the routes that pass every filter, in the graph's order. */
export function selectRoutes(
  routes: readonly GraphRoute[],
  { method, path, policy, uses, unpoliced }: RouteFilter,
): readonly GraphRoute[] {
  return routes.filter(
    (route) =>
      (method === undefined || route.method === method.toUpperCase()) &&
      (path === undefined || hasPath(route, path)) &&
      (policy === undefined || route.policies.some(({ kind }) => kind === policy)) &&
      (uses === undefined || route.uses.includes(uses)) &&
      (unpoliced !== true || isUnpoliced(route)),
  );
}

/** Whether a route does not say who may call it. One that answers for missing pages has nothing to guard. */
export function isUnpoliced({ method, policies }: GraphRoute): boolean {
  return policies.length === 0 && method !== "404";
}

/** A text is looked for; with a star in it, it is a glob. `*rest` in a path is no star, so the text comes first. */
function hasPath({ path }: GraphRoute, wanted: string): boolean {
  return path.includes(wanted) || (wanted.includes("*") && matchesGlob(path, wanted));
}

const HEADINGS = ["METHOD", "PATH", "POLICY", "USES", "FILE"];

export function printRoutes(routes: readonly GraphRoute[], total: number, style: Style): string {
  const summary = summaryOf(routes, total);
  if (routes.length === 0) return style.dim(summary);
  const rows = routes.map(({ method, path, policies, uses, source }) => [
    method,
    path,
    policies.length === 0 ? (method === "404" ? "" : "none") : policies.map(policyInWords).join(", "),
    uses.join(", "),
    source ?? "",
  ]);
  const paint = (cell: string, column: number, row: number): string => {
    if (row === 0) return style.dim(cell);
    if (column === 0) return style.cyan(cell);
    if (column === 1) return paintPath(cell, style);
    if (column === 2) return cell === "none" ? style.yellow(cell) : style.green(cell);
    return style.dim(cell);
  };
  return `${table([HEADINGS, ...rows], paint)}\n\n${style.dim(summary)}`;
}

function paintPath(path: string, style: Style): string {
  return path
    .split("/")
    .map((segment) => (/^[:*]/.test(segment) ? style.magenta(segment) : segment))
    .join("/");
}

function summaryOf(routes: readonly GraphRoute[], total: number): string {
  const unpoliced = routes.filter(isUnpoliced).length;
  const shown = routes.length === total ? count(total, "route") : `${routes.length} of ${count(total, "route")}`;
  return unpoliced === 0 ? `${shown}.` : `${shown}, ${unpoliced} without a policy.`;
}
