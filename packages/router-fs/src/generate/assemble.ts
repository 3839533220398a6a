/** All files' parts, put together: the table, the generated texts, and everything that is wrong. */
import type { Diagnostic } from "@openspeed/core";
import { byCodePoint } from "../order.ts";
import type { Inherited } from "../plan.ts";
import { conflictsOf, type TableRow } from "../table.ts";
import { layoutCycles } from "./layout-cycles.ts";
import type { Modules } from "./modules.ts";
import { folderFileFaults, matcherFaults, notFoundPart, type Part, partOf } from "./part.ts";
import { routesText } from "./routes-text.ts";
import type { Scan, ScannedRoute } from "./scan.ts";
import type { Structure } from "./structure.ts";
import { type ApiMember, apiText } from "./types-text.ts";

export interface Assembled {
  readonly scan: Scan;
  readonly routes: string;
  readonly api: string;
  readonly types: ReadonlyMap<string, string>;
  texts(): ReadonlyMap<string, string>;
}

export interface Assembly {
  readonly structure: Structure;
  readonly modules: Modules;
  /** By file, relative to the routes' folder: those that are still true. */
  readonly parts: Map<string, Part>;
  readonly pages: () => string;
}

export function assemble({ structure, modules, parts, pages }: Assembly): Assembled {
  const { plan, names, roots } = structure;
  const rows: ScannedRoute[] = [];
  const table: TableRow[] = [];
  const mounts: string[] = [];
  const members: ApiMember[] = [];
  const faults: Diagnostic[] = [...structure.faults];
  const uses = new Set<string>();
  const views = new Set<string>();
  const matchers = new Set<string>();
  const met = new Set<Inherited>();
  let lazy = false;
  let paged = false;

  const inherit = (inherited: Inherited, page: boolean): void => {
    if (met.has(inherited) && !page) return;
    met.add(inherited);
    for (const file of inherited.uses) uses.add(file);
    if (!page) return;
    for (const file of inherited.layouts) views.add(file);
    for (const view of [inherited.error, inherited.notFound, inherited.loading]) if (view) views.add(view.file);
  };

  for (const planned of plan.files) {
    const { placed, inherited } = planned;
    let part = parts.get(placed.file);
    if (part === undefined) {
      const facts = modules.get(`${roots.routes}/${placed.file}`);
      if (facts === undefined) continue; // gone since it was listed
      part = partOf(planned, facts, names, roots);
      parts.set(placed.file, part);
    }
    const page = placed.role === "page";
    for (const row of part.rows) {
      rows.push(row);
      table.push({ method: row.method, place: placed.place, file: row.file });
    }
    for (const member of part.members) members.push(member);
    for (const fault of part.faults) faults.push(fault);
    if (part.text === "") continue;
    mounts.push(part.text);
    inherit(inherited, page);
    for (const name in placed.place.params) matchers.add(placed.place.params[name] ?? "");
    if (page) paged = true;
    else lazy = true;
  }
  for (const planned of plan.notFounds) {
    const part = notFoundPart(planned, names, roots);
    for (const row of part.rows) {
      rows.push(row);
      table.push({ method: row.method, place: planned.place, file: row.file });
    }
    faults.push(...part.faults);
    if (part.text === "") continue;
    mounts.push(part.text);
    paged = true;
    inherit(planned.inherited, false);
    for (const file of [planned.file, ...planned.inherited.layouts]) views.add(file);
    if (planned.inherited.error) views.add(planned.inherited.error.file);
    for (const name in planned.place.params) matchers.add(planned.place.params[name] ?? "");
  }

  const layouts: string[] = [];
  for (const [name, role] of plan.folderFiles) {
    const file = `${roots.routes}/${name}`;
    const facts = modules.get(file);
    if (facts !== undefined) faults.push(...folderFileFaults(role, facts, file));
    if (role === "layout") layouts.push(file);
  }
  for (const file of structure.matcherFiles) {
    const facts = modules.get(file);
    if (facts !== undefined) faults.push(...matcherFaults(facts, file));
  }
  faults.push(...conflictsOf(table), ...layoutCycles(layouts, modules.importsOf));

  const module = paged ? pages() : undefined;
  const routes = routesText({ mounts, uses, views, matchers, pages: module, lazy }, names, roots);
  const api = apiText(members);
  const { types } = structure;
  let texts: ReadonlyMap<string, string> | undefined;
  return {
    scan: { routes: rows, files: plan.files.length + plan.folderFiles.size, faults: sorted(faults) },
    routes,
    api,
    types,
    texts: () => (texts ??= new Map([["api.d.ts", api], ["routes.ts", routes], ...types])),
  };
}

function sorted(faults: readonly Diagnostic[]): Diagnostic[] {
  return [...faults].sort((a, b) => byCodePoint(a.where, b.where));
}
