import { type Diagnostic, type GraphRoute, policy } from "@openspeed/core";
import type { Project } from "@openspeed/router-fs/generate";
import { policyInWords } from "../graph/policy-in-words.ts";
import type { Runner } from "../vite/project.ts";

/** What a route gets from the folders above it. */
export interface InheritedRoute {
  readonly key: string;
  readonly file: string;
  /** Outermost first. */
  readonly from: readonly { readonly file: string; readonly items: readonly string[] }[];
}

/** Reads the `_use` files that the routes of a scan inherit from. */
export async function inheritedRoutes(scan: Project["scan"], modules: Runner): Promise<readonly InheritedRoute[]> {
  const files = new Set(scan.routes.flatMap(({ uses }) => uses));
  const items = new Map(
    await Promise.all([...files].map(async (file) => [file, itemNames(await modules.import(file))] as const)),
  );
  return scan.routes
    .map(({ method, path, file, uses }) => ({
      key: `${method} ${path}`,
      file,
      from: uses.map((use) => ({ file: use, items: items.get(use) ?? [] })),
    }))
    .sort((a, b) => compare(pathIn(a.key), pathIn(b.key)) || compare(a.key, b.key));
}

function itemNames(exports: Readonly<Record<string, unknown>>): readonly string[] {
  const list = exports["default"];
  return Array.isArray(list) ? list.map(itemName) : [];
}

function itemName(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  if ("key" in item && "value" in item) {
    return item.key === policy.key && isPolicy(item.value) ? `policy ${policyInWords(item.value)}` : String(item.key);
  }
  const name = "name" in item ? String(item.name) : "something";
  const own = "meta" in item && Array.isArray(item.meta) ? item.meta.map(itemName) : [];
  return own.length === 0 ? name : `${name} (${own.join(", ")})`;
}

function isPolicy(value: unknown): value is GraphRoute["policies"][number] {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

function pathIn(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** In words that strict mode uses too. */
export function unpoliced({ key, source = key }: GraphRoute): Diagnostic {
  return {
    code: "OS_UNPOLICED_ROUTE",
    message: `${key} does not say who may call it.`,
    where: source,
    mend: "Add publicAccess() or a guard to its `use`, or to that of its group or folder.",
  };
}
