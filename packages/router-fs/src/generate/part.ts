/** What one file adds to the table, the generated file and the list of faults. */
import type { Diagnostic } from "@openspeed/core";
import { defaultFault, type Entry, entriesOf, type ExportFault, plainFault } from "../entries.ts";
import type { FolderRole } from "../grammar/file-name.ts";
import type { PlannedFile, PlannedNotFound } from "../plan.ts";
import { type TableRow, tableRow, unknownMatcher } from "../table.ts";
import { endsBlock } from "./blocks.ts";
import type { ModuleError, ModuleFacts } from "./read-module.ts";
import { type FolderNames, mountsText, notFoundText, type Roots } from "./routes-text.ts";
import type { ScannedRoute } from "./scan.ts";
import { type ApiMember, apiMembers, membersText } from "./types-text.ts";

export interface Part {
  /** Whether it is a page that can be mounted. */
  readonly page: boolean;
  readonly endsBlock: boolean;
  readonly rows: readonly ScannedRoute[];
  readonly table: readonly TableRow[];
  /** Its mounts in the generated file. */
  readonly text: string;
  readonly members: readonly ApiMember[];
  /** Its members as they stand in `interface Api`, if no other file has one of them. */
  readonly api: string;
  readonly faults: readonly Diagnostic[];
}

export function partOf(planned: PlannedFile, facts: ModuleFacts, names: FolderNames, roots: Roots): Part {
  const { placed } = planned;
  const file = `${roots.routes}/${placed.file}`;
  const faults = moduleFaults(facts, file);
  const { entries, faults: wrong } = entriesOf(placed, new Set(facts.exports.keys()));
  // A file that cannot be read, or that hides its names, is told of once.
  if (faults.length === 0) {
    const plain = entries.filter(({ name }) => facts.plain.has(name)).map(plainFault);
    faults.push(...[...wrong, ...plain].map((fault) => located(fault, facts, file)));
  }
  const unknown = unknownMatcher(placed.place, file, roots.known);
  if (unknown !== undefined) faults.push(unknown);
  const members = apiMembers(placed, entries, roots);
  return {
    page: placed.role === "page" && entries.length > 0,
    endsBlock: endsBlock(placed.file),
    rows: entries.map((entry) => rowOf(planned, entry, roots)),
    table: entries.map(({ method }) => tableRow(method, placed.place, file)),
    // A matcher that nobody wrote cannot be imported.
    text: unknown === undefined ? mountsText(planned, entries, names, roots) : "",
    members,
    api: membersText(members),
    faults,
  };
}

export function notFoundPart(planned: PlannedNotFound, names: FolderNames, roots: Roots): Part {
  const { file, place, inherited } = planned;
  const from = (name: string): string => `${roots.routes}/${name}`;
  const row: ScannedRoute = {
    method: "404",
    path: place.path,
    kind: "not-found",
    file: from(file),
    uses: inherited.uses.map(from),
    layouts: inherited.layouts.map(from),
    params: place.params,
  };
  const unknown = unknownMatcher(place, from(file), roots.known);
  return {
    page: false,
    endsBlock: false,
    rows: [row],
    table: [tableRow("404", place, from(file))],
    text: unknown === undefined ? notFoundText(planned, names, roots) : "",
    members: [],
    api: "",
    faults: unknown === undefined ? [] : [unknown],
  };
}

const FOLDER_FILES: { readonly [role in FolderRole]: readonly [what: string, example: string] } = {
  use: ["A _use file", "[ … ] with what every route below uses"],
  layout: ["A layout", "layout(…)"],
  error: ["An error view", "errorView(…)"],
  "not-found": ["A not-found view", "notFoundView(…)"],
  loading: ["A loading view", "loadingView(…)"],
};

export function folderFileFaults(role: FolderRole, facts: ModuleFacts, file: string): Diagnostic[] {
  const faults = moduleFaults(facts, file);
  const fault = defaultFault(...FOLDER_FILES[role], new Set(facts.exports.keys())) ?? plainDefault(role, facts);
  return faults.length > 0 || fault === undefined ? faults : [located(fault, facts, file)];
}

function plainDefault(role: FolderRole, { plain }: ModuleFacts): ExportFault | undefined {
  if (!plain.has("default")) return undefined;
  const [what, example] = FOLDER_FILES[role];
  return {
    code: role === "use" ? "OS_USE_EXPORT" : "OS_PAGE_EXPORT",
    message: `${what}'s default export is a function by itself.`,
    mend: `Write export default ${example}.`,
    name: "default",
  };
}

export function matcherFaults(facts: ModuleFacts, file: string): Diagnostic[] {
  const faults = moduleFaults(facts, file);
  const missing = defaultFault("A matcher", "a Standard Schema", new Set(facts.exports.keys()));
  return faults.length > 0 || missing === undefined ? faults : [located(missing, facts, file)];
}

function rowOf({ placed, inherited }: PlannedFile, { method, kind }: Entry, roots: Roots): ScannedRoute {
  const from = (name: string): string => `${roots.routes}/${name}`;
  return {
    method,
    path: placed.place.path,
    kind,
    file: from(placed.file),
    uses: inherited.uses.map(from),
    layouts: kind === "route" ? [] : inherited.layouts.map(from),
    params: placed.place.params,
  };
}

function located({ code, message, mend, name }: ExportFault, facts: ModuleFacts, file: string): Diagnostic {
  const at = name === undefined ? undefined : facts.exports.get(name);
  return { code, message, where: at === undefined ? file : `${file}:${at}`, mend };
}

function moduleFaults({ error, star }: ModuleFacts, file: string): Diagnostic[] {
  if (error !== undefined) return [moduleFault(error, file)];
  if (star === undefined) return [];
  return [
    {
      code: "OS_ROUTE_EXPORT",
      message: "export * hides what the file exports.",
      where: `${file}:${star}`,
      mend: "Name the exports: export { GET } from ….",
    },
  ];
}

function moduleFault({ code, message, at }: ModuleError, file: string): Diagnostic {
  const where = at === "" ? file : `${file}:${at}`;
  return code === "OS_ROUTE_SYNTAX"
    ? { code, message: `The file cannot be parsed: ${message}.`, where, mend: "Mend what stands there." }
    : { code, message: `The file cannot be read: ${message}.`, where, mend: "Make it readable, or take it away." };
}
