/** Which files are routes and pages, at which paths, below which folder files: pure planning over names. */
import type { Diagnostic } from "@openspeed/core";
import type { Environment, FolderRole } from "./grammar/file-name.ts";
import { createPlaces, isView, type Place, type PlacedFile, type Places } from "./grammar/place.ts";
import { byCodePoint, sorted } from "./order.ts";

/** What a folder hands down to all that is in it and below. */
export interface Inherited {
  /** The `_use` files, outermost first. */
  readonly uses: readonly string[];
  /** The `_layout` files, outermost first. */
  readonly layouts: readonly string[];
  /** The nearest of each. */
  readonly error: View | undefined;
  readonly notFound: View | undefined;
  readonly loading: View | undefined;
}

export interface View {
  readonly file: string;
  /** How many of the layouts, from the outermost on, it stands in: its folder's and those above. */
  readonly layouts: number;
}

/** A route file, method file or page. */
export interface PlannedFile {
  readonly placed: PlacedFile;
  readonly inherited: Inherited;
}

/** What answers below a folder where nothing else does. */
export interface PlannedNotFound {
  readonly file: string;
  readonly place: Place;
  readonly inherited: Inherited;
}

export interface Plan {
  readonly files: readonly PlannedFile[];
  readonly notFounds: readonly PlannedNotFound[];
  /** The folder files that count, with what they are. */
  readonly folderFiles: ReadonlyMap<string, FolderRole>;
  /** Files of the router that do not count in this environment. */
  readonly elsewhere: readonly PlacedFile[];
  readonly faults: readonly Diagnostic[];
}

/**
 * Plans a folder from the names of its files, in an order that is the same on every machine.
 *
 * @param files relative to the routes' folder, with `/` between segments
 * @param places what an earlier plan worked out, to work out only what is new
 */
export function plan(files: readonly string[], environment: Environment, places: Places = createPlaces()): Plan {
  const faults = new Map<string, Diagnostic>();
  const placed: PlacedFile[] = [];
  const replaced = new Set<string>();
  for (const name of sorted(files)) {
    const { file, fault } = places.of(name) ?? {};
    if (fault !== undefined) faults.set(fault.where, fault);
    if (file === undefined) continue;
    placed.push(file);
    if (file.environment === environment) replaced.add(file.slot);
  }

  const folderFiles = new Map<string, FolderRole>();
  const own = new Map<string, Map<FolderRole, string>>();
  const here: PlacedFile[] = [];
  const elsewhere: PlacedFile[] = [];
  for (const file of placed) {
    if (file.environment === undefined ? replaced.has(file.slot) : file.environment !== environment) {
      elsewhere.push(file);
    } else if (file.role !== "use" && !isView(file.role)) {
      here.push(file);
    } else {
      const roles = own.get(file.folder) ?? new Map<FolderRole, string>();
      own.set(file.folder, roles);
      const twin = roles.get(file.role);
      if (twin === undefined) {
        roles.set(file.role, file.file);
        folderFiles.set(file.file, file.role);
      } else faults.set(file.file, twice(file.file, twin));
    }
  }

  const inheritedBy = inheritance(own);
  return {
    files: here.map((file) => ({ placed: file, inherited: inheritedBy(file.folder) })),
    notFounds: notFoundsOf(own, inheritedBy, places, faults),
    folderFiles,
    elsewhere,
    faults: [...faults.values()],
  };
}

const NOTHING: Inherited = { uses: [], layouts: [], error: undefined, notFound: undefined, loading: undefined };

function inheritance(own: ReadonlyMap<string, ReadonlyMap<FolderRole, string>>): (folder: string) => Inherited {
  const known = new Map<string, Inherited>();
  return inheritedBy;

  function inheritedBy(folder: string): Inherited {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const above = folder === "" ? NOTHING : inheritedBy(folder.slice(0, Math.max(0, folder.lastIndexOf("/"))));
    const roles = own.get(folder);
    const inherited = roles === undefined ? above : added(above, roles);
    known.set(folder, inherited);
    return inherited;
  }
}

function added(above: Inherited, roles: ReadonlyMap<FolderRole, string>): Inherited {
  const use = roles.get("use");
  const layout = roles.get("layout");
  const layouts = layout === undefined ? above.layouts : [...above.layouts, layout];
  const view = (role: FolderRole): View | undefined => {
    const file = roles.get(role);
    return file === undefined ? undefined : { file, layouts: layouts.length };
  };
  return {
    uses: use === undefined ? above.uses : [...above.uses, use],
    layouts,
    error: view("error") ?? above.error,
    notFound: view("not-found") ?? above.notFound,
    loading: view("loading") ?? above.loading,
  };
}

/** Groups share their paths: of two views for one path the one further out answers, and two side by side are refused. */
function notFoundsOf(
  own: ReadonlyMap<string, ReadonlyMap<FolderRole, string>>,
  inheritedBy: (folder: string) => Inherited,
  places: Places,
  faults: Map<string, Diagnostic>,
): PlannedNotFound[] {
  const byPath = new Map<string, { readonly planned: PlannedNotFound; readonly depth: number }>();
  for (const [folder, roles] of own) {
    const file = roles.get("not-found");
    const at = places.ofFolder(folder);
    if (file === undefined || at === undefined || at.path.includes("/*")) continue;
    const place = restBelow(at);
    const depth = file.split("/").length;
    const key = place.outlines.join(" ");
    const twin = byPath.get(key);
    if (twin === undefined || depth < twin.depth)
      byPath.set(key, { planned: { file, place, inherited: inheritedBy(folder) }, depth });
    else if (depth === twin.depth)
      faults.set(file, {
        code: "OS_CONFLICTING_PATH",
        message: `What is missing at ${place.path} would be answered by ${twin.planned.file} as well.`,
        where: file,
        mend: "Put one _not-found above both: it answers, and each still stands for the pages beside it.",
      });
  }
  return [...byPath.values()].map(({ planned }) => planned).sort((a, b) => byCodePoint(a.file, b.file));
}

function restBelow({ path, params, outlines }: Place): Place {
  const below = (text: string): string => (text === "/" ? "" : text);
  const name = "path" in params ? "rest" : "path";
  return {
    path: `${below(path)}/*${name}`,
    params: { ...params, [name]: "" },
    outlines: outlines.map((outline) => `${below(outline)}/*`),
  };
}

function twice(file: string, twin: string): Diagnostic {
  return {
    code: "OS_FOLDER_FILE_TWICE",
    message: `${twin.slice(twin.lastIndexOf("/") + 1)} already says it for this folder.`,
    where: file,
    mend: "Keep one of the two.",
  };
}
