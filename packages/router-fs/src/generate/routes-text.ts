/** The text of `.openspeed/routes.ts`: mounts with static imports of what stands around routes, and dynamic ones of routes. */
import { BUILT_IN } from "../built-in.ts";
import type { Entry } from "../entries.ts";
import type { Place } from "../grammar/place.ts";
import type { Inherited, PlannedFile, PlannedNotFound, View } from "../plan.ts";
import { byCodePoint } from "../order.ts";
import { keyOf, namesOf, quoted } from "./names.ts";

/** From the generated file to the files of the project. */
export interface Roots {
  /** The routes' folder, from the root: `routes`. */
  readonly routes: string;
  /** From the generated file to the root: `../`. */
  readonly up: string;
  /** Own matchers, by name: their files, from the root. */
  readonly matchers: ReadonlyMap<string, string>;
  /** The names of all matchers. */
  readonly known: ReadonlySet<string>;
}

/** How the generated file calls the folder files. */
export interface FolderNames {
  readonly uses: ReadonlyMap<string, string>;
  readonly views: ReadonlyMap<string, string>;
}

export function folderNames(folderFiles: ReadonlyMap<string, string>): FolderNames {
  const of = (role: string): string[] => [...folderFiles].flatMap(([file, is]) => (is === role ? [file] : []));
  return {
    uses: namesOf("use", of("use")),
    views: new Map([
      ...namesOf("layout", of("layout")),
      ...namesOf("error", of("error")),
      ...namesOf("notFound", of("not-found")),
      ...namesOf("loading", of("loading")),
    ]),
  };
}

/** The lines of one file's mounts. */
export function mountsText(
  { placed, inherited }: PlannedFile,
  entries: readonly Entry[],
  names: FolderNames,
  roots: Roots,
): string {
  const source = `${roots.routes}/${placed.file}`;
  const file = quoted(roots.up + source);
  const about = aboutText(placed.place, source, inherited, names);
  if (placed.role === "page") {
    if (entries.length === 0) return "";
    const action = entries.some(({ kind }) => kind === "action") ? ["action: true,"] : [];
    const views = viewsText(inherited, names);
    return block("  ...pages.mounts({", [...about, ...action, `page: () => import(${file}),`, ...views], "  }),");
  }
  return entries
    .map(({ method, name }) =>
      block(
        "  {",
        [`method: ${quoted(method)},`, ...about, `route: lazy(() => import(${file}).then((m) => m.${name})),`],
        "  },",
      ),
    )
    .join("");
}

export function notFoundText({ file, place, inherited }: PlannedNotFound, names: FolderNames, roots: Roots): string {
  const about = aboutText(place, `${roots.routes}/${file}`, inherited, names);
  const { layouts, error } = inherited;
  const lines = [...about, `view: ${names.views.get(file)},`];
  if (layouts.length > 0) lines.push(`layouts: ${listText(layouts, names.views)},`);
  if (error !== undefined) lines.push(viewText("error", error, names));
  return block("  ...pages.notFound({", lines, "  }),");
}

function aboutText(place: Place, source: string, { uses }: Inherited, names: FolderNames): string[] {
  const lines = [`path: ${quoted(place.path)},`, `source: ${quoted(source)},`];
  const [first = "", ...more] = uses.map((file) => names.uses.get(file) ?? "");
  if (first !== "") lines.push(more.length === 0 ? `use: ${first},` : `use: [...${[first, ...more].join(", ...")}],`);
  const matchers = Object.entries(place.params).flatMap(([param, matcher]) =>
    matcher === "" ? [] : [`${keyOf(param)}: ${matcherName(matcher)}`],
  );
  if (matchers.length > 0) lines.push(`matchers: { ${matchers.join(", ")} },`);
  return lines;
}

function viewsText({ layouts, error, notFound, loading }: Inherited, names: FolderNames): string[] {
  const lines = layouts.length > 0 ? [`layouts: ${listText(layouts, names.views)},`] : [];
  if (error !== undefined) lines.push(viewText("error", error, names));
  if (notFound !== undefined) lines.push(viewText("notFound", notFound, names));
  if (loading !== undefined) lines.push(`loading: { view: ${names.views.get(loading.file)} },`);
  return lines;
}

function viewText(key: string, { file, layouts }: View, names: FolderNames): string {
  return `${key}: { view: ${names.views.get(file)}, layouts: ${layouts} },`;
}

function listText(files: readonly string[], names: ReadonlyMap<string, string>): string {
  return `[${files.map((file) => names.get(file)).join(", ")}]`;
}

function matcherName(matcher: string): string {
  return `${matcher}Matcher`;
}

function block(open: string, lines: readonly string[], close: string): string {
  return `${open}\n    ${lines.join("\n    ")}\n${close}\n`;
}

/** What all the mounts together need. */
export interface Needed {
  /** Their text, in the order of mounting. */
  readonly mounts: string;
  readonly uses: ReadonlySet<string>;
  readonly views: ReadonlySet<string>;
  readonly matchers: ReadonlySet<string>;
  /** The module that mounts pages; `undefined` where there are none. */
  readonly pages: string | undefined;
  /** Whether a route is imported lazily, pages aside. */
  readonly lazy: boolean;
}

export function routesText(needed: Needed, names: FolderNames, roots: Roots): string {
  const { mounts, uses, views, matchers, pages, lazy } = needed;
  const builtIn: string[] = [];
  const own: string[] = [];
  for (const name of [...matchers].sort(byCodePoint)) {
    const file = roots.matchers.get(name);
    if (file !== undefined) own.push(`import ${matcherName(name)} from ${quoted(roots.up + file)};`);
    else if (BUILT_IN.has(name)) builtIn.push(`${name} as ${matcherName(name)}`);
  }
  const from = (file: string): string => quoted(`${roots.up}${roots.routes}/${file}`);
  const sorted = (files: ReadonlySet<string>): string[] => [...files].sort(byCodePoint);
  return [
    HEADER,
    `import { ${lazy ? "lazy, " : ""}type Mount } from "@openspeed/core";`,
    ...(pages === undefined ? [] : [`import { pages } from ${quoted(pages)};`]),
    ...(builtIn.length === 0 ? [] : [`import { ${builtIn.join(", ")} } from "@openspeed/core/matchers";`]),
    ...own,
    ...sorted(uses).map((file) => `import ${names.uses.get(file)} from ${from(file)};`),
    "",
    ...sorted(views).map((file) => `const ${names.views.get(file)} = () => import(${from(file)});`),
    ...(views.size === 0 ? [] : [""]),
    `const routes: readonly Mount[] = [\n${mounts}];`,
    "export default routes;",
    "",
  ].join("\n");
}

export const HEADER = "// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.\n";
