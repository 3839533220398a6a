/** A plan and what its files export become mounts: no disk, no imports. The generated file says the same as text. */
import type { Diagnostic, LazyRoute, Mount, Route, Schema, Use } from "@openspeed/core";
import type { Pages } from "@openspeed/pages";
import { type Entry, entriesOf, type ExportFault, plainFault } from "./entries.ts";
import type { Place } from "./grammar/place.ts";
import type { Inherited, Plan, PlannedFile, PlannedNotFound } from "./plan.ts";
import { createTable, tableRow, unknownMatcher } from "./table.ts";

/** What importing a file gave. */
export type Exports = Readonly<Record<string, unknown>>;

export interface Loaded {
  /** What a file exports, by its place in the routes' folder; `undefined` for one that could not be loaded. */
  readonly exportsOf: (file: string) => Exports | undefined;
  /** Own matchers and built-in ones that paths ask for, as far as they could be loaded. */
  readonly matchers: ReadonlyMap<string, Schema>;
  /** The names of all matchers. */
  readonly known: ReadonlySet<string>;
  /** Mounts pages; needed where there are some. */
  readonly pages: Pages | undefined;
  /** Stands before the places of files: `routes`. */
  readonly name: string;
}

export interface Mounted {
  readonly mounts: readonly Mount[];
  readonly faults: readonly Diagnostic[];
}

export function mountsOf(plan: Plan, loaded: Loaded): Mounted {
  const { exportsOf, name, pages, known } = loaded;
  const faults: Diagnostic[] = [];
  const mounts: Mount[] = [];
  const table = createTable();
  const items = new Map<string, readonly Use[]>();
  for (const [file, role] of plan.folderFiles) {
    const exports = exportsOf(file);
    if (exports === undefined) continue;
    if (role === "use") items.set(file, itemsOf(exports, `${name}/${file}`, faults));
    else if (exports["default"] === undefined) faults.push(viewMissing(`${name}/${file}`));
    else if (typeof exports["default"] === "function") faults.push(viewPlain(`${name}/${file}`));
  }
  const about = (place: Place, file: string, inherited: Inherited): About | undefined => {
    const source = `${name}/${file}`;
    const unknown = unknownMatcher(place, source, known);
    if (unknown !== undefined) faults.push(unknown);
    if (unknown !== undefined) return undefined;
    const use = inherited.uses.flatMap((above) => items.get(above) ?? []);
    return { path: place.path, source, use, ...matchersOf(place, loaded.matchers) };
  };

  for (const planned of plan.files) {
    const { placed, inherited } = planned;
    const source = `${name}/${placed.file}`;
    const exports = exportsOf(placed.file);
    if (exports === undefined) continue;
    const { entries, faults: wrong } = entriesOf(placed, new Set(Object.keys(exports)));
    faults.push(...wrong.map((fault) => diagnosed(fault, source)));
    const says = about(placed.place, placed.file, inherited);
    for (const { method } of entries) table.add(tableRow(method, placed.place, source));
    if (says === undefined || entries.length === 0) continue;
    if (placed.role === "page") {
      const plain = entries.filter((entry) => typeof exports[entry.name] === "function");
      faults.push(...plain.map((entry) => diagnosed(plainFault(entry), source)));
    }
    if (placed.role !== "page") mounts.push(...routeMounts(entries, exports, says, faults));
    else if (pages !== undefined) mounts.push(...pages.mounts(pageOf(planned, entries, says, loaded)));
  }
  for (const planned of plan.notFounds) {
    const says = about(planned.place, planned.file, planned.inherited);
    table.add(tableRow("404", planned.place, `${name}/${planned.file}`));
    if (says !== undefined && pages !== undefined) mounts.push(...pages.notFound(notFoundOf(planned, says, loaded)));
  }
  return { mounts, faults: [...faults, ...table.conflicts()] };
}

/** What every mount of a place has. */
interface About {
  readonly path: string;
  readonly source: string;
  readonly use: readonly Use[];
  readonly matchers?: Readonly<Record<string, Schema>>;
}

function matchersOf({ params }: Place, known: ReadonlyMap<string, Schema>): Pick<About, "matchers"> {
  const matchers: Record<string, Schema> = {};
  for (const [param, name] of Object.entries(params)) {
    const matcher = known.get(name);
    if (matcher !== undefined) matchers[param] = matcher;
  }
  return Object.keys(matchers).length === 0 ? {} : { matchers };
}

function routeMounts(entries: readonly Entry[], exports: Exports, says: About, faults: Diagnostic[]): Mount[] {
  const mounts: Mount[] = [];
  for (const { method, name } of entries) {
    const route = exports[name];
    if (isRoute(route)) mounts.push({ method, route, ...says });
    else
      faults.push({
        code: "OS_ROUTE_EXPORT",
        message: name === "default" ? "Its default export is not a route." : `${name} is not a route.`,
        where: says.source,
        mend: `Write export ${name === "default" ? "default" : `const ${name} =`} route(…).`,
      });
  }
  return mounts;
}

function pageOf(
  { placed, inherited }: PlannedFile,
  entries: readonly Entry[],
  says: About,
  loaded: Loaded,
): Parameters<Pages["mounts"]>[0] {
  const load = loader(loaded);
  const { layouts, error, notFound, loading } = inherited;
  return {
    ...says,
    ...(entries.some(({ kind }) => kind === "action") && { action: true }),
    page: load(placed.file),
    ...(layouts.length > 0 && { layouts: layouts.map(load) }),
    ...(error && { error: { view: load(error.file), layouts: error.layouts } }),
    ...(notFound && { notFound: { view: load(notFound.file), layouts: notFound.layouts } }),
    ...(loading && { loading: { view: load(loading.file) } }),
  };
}

function notFoundOf(
  { file, inherited }: PlannedNotFound,
  says: About,
  loaded: Loaded,
): Parameters<Pages["notFound"]>[0] {
  const load = loader(loaded);
  const { layouts, error } = inherited;
  return {
    ...says,
    layouts: layouts.map(load),
    view: load(file),
    ...(error && { error: { view: load(error.file), layouts: error.layouts } }),
  };
}

/** What a page's modules hold is for the pages to judge, as it is where the generated file imports them. */
function loader({ exportsOf }: Loaded): (file: string) => () => Promise<never> {
  return (file) => async () => (exportsOf(file) ?? {}) as never;
}

/** The items of one `_use` file. */
function itemsOf(exports: Exports, source: string, faults: Diagnostic[]): readonly Use[] {
  const list = exports["default"];
  if (Array.isArray(list) && list.every(isUse)) return list;
  const wrong = Array.isArray(list) ? list.findIndex((item) => !isUse(item)) : -1;
  faults.push({
    code: list === undefined ? "OS_DEFAULT_MISSING" : "OS_USE_EXPORT",
    message:
      list === undefined
        ? "A _use file has no default export."
        : wrong === -1
          ? "Its default export is not a list."
          : `Item ${wrong} of its list is nothing that a route can use.`,
    where: source,
    mend: "Write export default [ … ] with providers, middleware and metadata.",
  });
  return [];
}

function viewMissing(where: string): Diagnostic {
  return {
    code: "OS_DEFAULT_MISSING",
    message: "A folder file of pages has no default export.",
    where,
    mend: "Write export default layout(…), errorView(…), notFoundView(…) or loadingView(…), as its name says.",
  };
}

function viewPlain(where: string): Diagnostic {
  return {
    code: "OS_PAGE_EXPORT",
    message: "Its default export is a function by itself.",
    where,
    mend: "Write export default layout(View), errorView(View), notFoundView(View) or loadingView(View), as its name says.",
  };
}

function diagnosed({ code, message, mend }: ExportFault, where: string): Diagnostic {
  return { code, message, where, mend };
}

function isRoute(value: unknown): value is Route | LazyRoute {
  return hasKind(value, ["route", "lazy"]);
}

function isUse(value: unknown): value is Use {
  return hasKind(value, ["provider", "middleware", "meta"]);
}

function hasKind(value: unknown, kinds: readonly string[]): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    typeof value.kind === "string" &&
    kinds.includes(value.kind)
  );
}
