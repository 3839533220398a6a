/** What is known of a project's files, and what follows from it; a change is followed no further than it reaches. */
import type { Disk } from "../disk.ts";
import type { Environment } from "../grammar/file-name.ts";
import { createPlaces } from "../grammar/place.ts";
import { apiOf, routesOf, scanOf } from "./assemble.ts";
import { createBlocks } from "./blocks.ts";
import { createFileTypes } from "./file-types.ts";
import { pagesModule } from "./jsx.ts";
import { createLedger } from "./ledger.ts";
import { createListing } from "./listing.ts";
import { createModules } from "./modules.ts";
import { notFoundPart, type Part, partOf } from "./part.ts";
import type { Scan } from "./scan.ts";
import { type Folders, type Structure, structureOf } from "./structure.ts";

export interface State {
  /** @param changed paths from the root */
  update(changed: readonly string[]): { readonly routesChanged: boolean; readonly typesChanged: boolean };
  scan(): Scan;
  /** The texts of the output folder. */
  routes(): string;
  api(): string;
  types(): Iterable<readonly [path: string, text: string]>;
}

export function createState(disk: Disk, folders: Folders, environment: Environment, files: readonly string[]): State {
  const { routes, matchers } = folders;
  const modules = createModules(disk);
  const places = createPlaces();
  const listing = createListing(disk, routes, files);
  const ledger = createLedger();
  const types = createFileTypes(places);
  const mountBlocks = createBlocks(({ text }) => text);
  const memberBlocks = createBlocks(({ api }) => api);
  let pages: string | undefined;
  let structure = structured();
  let scan: Scan | undefined;
  // What the outputs hold; `undefined` for what is to be written anew.
  let routesText: string | undefined;
  let api: string | undefined;
  refill(true);
  for (const file of listing.sorted()) types.set(file, true, structure.roots);

  function structured(): Structure {
    const own = disk.is(matchers) === "folder" ? disk.list(matchers) : [];
    return structureOf(listing.sorted(), own, folders, environment, places);
  }

  function update(changed: readonly string[]): { routesChanged: boolean; typesChanged: boolean } {
    const came = new Set<string>();
    const went = new Set<string>();
    const again = new Set<string>();
    let anew = false;
    let pagesChanged = false;
    for (const path of changed) {
      if (isBelow(path, routes)) {
        const look = listing.look(path);
        for (const file of look.went) went.add(file);
        for (const file of look.came) came.add(file);
        if (look.same !== undefined && modules.has(path) && modules.refresh(path)) again.add(look.same);
      } else if (isBelow(path, matchers)) {
        modules.refresh(path);
        anew = true;
      } else if (/^[^/]*tsconfig[^/]*\.json$/.test(path)) {
        const before = pages;
        pages = undefined;
        pagesChanged = before !== undefined && before !== pagesOf();
      } else if (modules.has(path) && modules.refresh(path)) scan = undefined;
    }
    for (const file of [...went, ...came]) modules.forget(`${routes}/${file}`);
    const renamed = [...went, ...came].some((file) => places.of(file) !== undefined);
    if (!renamed && !anew && again.size === 0 && !pagesChanged) return { routesChanged: false, typesChanged: false };

    scan = undefined;
    let mounts = pagesChanged;
    let members = false;
    let typed = false;
    if (renamed || anew) {
      const { key } = structure;
      structure = structured();
      for (const file of [...went, ...came]) note(ledger.set(file, undefined));
      const reshaped = structure.key !== key;
      note(refill(reshaped));
      // An own matcher in the place of a built-in one changes where it is imported from, and no mount.
      if (reshaped) mounts = true;
      const { roots } = structure;
      for (const file of went) typed = types.set(file, false, roots) || typed;
      for (const file of anew ? listing.sorted() : came) typed = types.set(file, listing.has(file), roots) || typed;
    }
    if (again.size > 0) {
      for (const planned of structure.plan.files) {
        const { file } = planned.placed;
        if (again.has(file)) note(ledger.set(file, read(planned)));
      }
    }
    if (mounts) routesText = undefined;
    if (members) api = undefined;
    return { routesChanged: mounts, typesChanged: members || typed };

    function note(change: { readonly mounts: boolean; readonly members: boolean }): void {
      if (change.mounts) mounts = true;
      if (change.members) members = true;
    }
  }

  /** Brings the ledger to what the structure says: what it lacks, or everything. */
  function refill(all: boolean): { mounts: boolean; members: boolean } {
    let mounts = false;
    let members = false;
    const put = (file: string, part: Part | undefined): void => {
      const change = ledger.set(file, part);
      if (change.mounts) mounts = true;
      if (change.members) members = true;
    };
    const { files: planned, notFounds } = structure.plan;
    for (const each of planned) {
      const { file } = each.placed;
      if (all || ledger.get(file) === undefined) put(file, read(each));
    }
    for (const each of notFounds) {
      if (all || ledger.get(each.file) === undefined)
        put(each.file, notFoundPart(each, structure.names, structure.roots));
    }
    if (ledger.size() > planned.length + notFounds.length) {
      const there = new Set([...planned.map(({ placed }) => placed.file), ...notFounds.map(({ file }) => file)]);
      for (const file of ledger.files()) if (!there.has(file)) put(file, undefined);
    }
    return { mounts, members };
  }

  /** `undefined` for a file that is gone since it was listed. */
  function read(planned: Structure["plan"]["files"][number]): Part | undefined {
    const facts = modules.get(`${routes}/${planned.placed.file}`);
    return facts && partOf(planned, facts, structure.names, structure.roots);
  }

  function pagesOf(): string {
    return (pages ??= pagesModule(disk));
  }

  return {
    update,
    scan: () => (scan ??= scanOf(structure, ledger, modules)),
    routes: () => (routesText ??= routesOf(structure, ledger, mountBlocks, pagesOf)),
    api: () => (api ??= apiOf(structure, ledger, memberBlocks)),
    types: () => types.entries(),
  };
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
