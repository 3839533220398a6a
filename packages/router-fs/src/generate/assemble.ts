/** All files' parts, put together: the table, the generated texts, and everything that is wrong. */
import type { Diagnostic } from "@openspeed/core";
import type { Place } from "../grammar/place.ts";
import { byCodePoint } from "../order.ts";
import type { Inherited } from "../plan.ts";
import type { Blocks } from "./blocks.ts";
import { layoutCycles } from "./layout-cycles.ts";
import type { Ledger } from "./ledger.ts";
import type { Modules } from "./modules.ts";
import { folderFileFaults, matcherFaults, type Part } from "./part.ts";
import { routesText } from "./routes-text.ts";
import type { Scan } from "./scan.ts";
import type { Structure } from "./structure.ts";
import { apiText } from "./types-text.ts";

/** The table and all that is wrong, in the order of mounting. */
export function scanOf({ plan, roots, faults, matcherFiles }: Structure, ledger: Ledger, modules: Modules): Scan {
  const found: Diagnostic[] = [...faults, ...ledger.faults()];
  const layouts: string[] = [];
  for (const [name, role] of plan.folderFiles) {
    const file = `${roots.routes}/${name}`;
    const facts = modules.get(file);
    if (facts !== undefined) found.push(...folderFileFaults(role, facts, file));
    if (role === "layout") layouts.push(file);
  }
  for (const file of matcherFiles) {
    const facts = modules.get(file);
    if (facts !== undefined) found.push(...matcherFaults(facts, file));
  }
  found.push(...layoutCycles(layouts, modules.importsOf));
  return {
    routes: orderOf(plan).flatMap((file) => ledger.get(file)?.rows ?? []),
    files: plan.files.length + plan.folderFiles.size,
    faults: found.sort((a, b) => byCodePoint(a.where, b.where) || byCodePoint(a.message, b.message)),
  };
}

export function routesOf(
  { plan, names, roots }: Structure,
  ledger: Ledger,
  blocks: Blocks,
  pages: () => string,
): string {
  const uses = new Set<string>();
  const views = new Set<string>();
  const matchers = new Set<string>();
  const met = new Set<Inherited>();
  const rendered = new Set<Inherited>();
  const parts: Part[] = [];
  let lazy = false;

  const inherits = (inherited: Inherited, page: boolean): void => {
    if (!met.has(inherited)) for (const file of inherited.uses) uses.add(file);
    met.add(inherited);
    if (page) rendered.add(inherited);
  };
  const asks = ({ params }: Place): void => {
    for (const name in params) matchers.add(params[name] ?? "");
  };

  for (const { placed, inherited } of plan.files) {
    const part = ledger.get(placed.file);
    if (part === undefined || part.text === "") continue;
    parts.push(part);
    inherits(inherited, placed.role === "page");
    asks(placed.place);
    if (placed.role !== "page") lazy = true;
  }
  for (const { layouts, error, notFound, loading } of rendered) {
    for (const file of layouts) views.add(file);
    for (const view of [error, notFound, loading]) if (view !== undefined) views.add(view.file);
  }
  for (const { file, place, inherited } of plan.notFounds) {
    const part = ledger.get(file);
    if (part === undefined || part.text === "") continue;
    parts.push(part);
    inherits(inherited, false);
    asks(place);
    for (const view of [file, ...inherited.layouts]) views.add(view);
    if (inherited.error !== undefined) views.add(inherited.error.file);
  }
  const paged = rendered.size > 0 || plan.notFounds.length > 0;
  const needed = { mounts: blocks.join(parts), uses, views, matchers, pages: paged ? pages() : undefined, lazy };
  return routesText(needed, names, roots);
}

export function apiOf({ plan }: Structure, ledger: Ledger, blocks: Blocks): string {
  const parts: Part[] = [];
  for (const { placed } of plan.files) {
    const part = ledger.get(placed.file);
    if (part !== undefined) parts.push(part);
  }
  return apiText(parts, ledger.shared, () => blocks.join(parts));
}

function orderOf({ files, notFounds }: Structure["plan"]): string[] {
  return [...files.map(({ placed }) => placed.file), ...notFounds.map(({ file }) => file)];
}
