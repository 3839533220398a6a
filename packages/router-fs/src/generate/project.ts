/** A project's routes, kept true while its files change. */
import { join } from "node:path";
import { relative } from "node:path/posix";
import { CompileError, type Diagnostic } from "@openspeed/core";
import type { Environment } from "../grammar/file-name.ts";
import { createPlaces } from "../grammar/place.ts";
import { reasonOf } from "../reason.ts";
import { assemble, type Assembled } from "./assemble.ts";
import { type Disk, diskAt } from "../disk.ts";
import { pagesModule } from "./jsx.ts";
import { createModules } from "./modules.ts";
import type { Part } from "./part.ts";
import type { Scan } from "./scan.ts";
import { type Structure, structureOf } from "./structure.ts";
import { outputAt } from "./write.ts";

export interface ProjectOptions {
  /** The project's folder. */
  readonly root: string;
  /** The folder of routes, from the root. Default: `routes`. */
  readonly routes?: string;
  /** The folder of own matchers, from the root; there need not be one. Default: `matchers`. */
  readonly matchers?: string;
  /** The output folder, from the root. Default: `.openspeed`. */
  readonly out?: string;
  /** Which of `x.dev.ts` and `x.prod.ts` count. Default: `production`, which is what is checked in. */
  readonly environment?: Environment;
  /** Where files are read. Default: the disk, below `root`. */
  readonly disk?: Disk;
}

export interface Project {
  readonly scan: Scan;
  /**
   * Reads changed files again: made, written or removed, or folders of them; paths from the root, with `/`. Others than the
   * router's are passed over. Tells whether the generated routes, or the generated types, are now different.
   */
  update(changed: readonly string[]): { readonly routesChanged: boolean; readonly typesChanged: boolean };
  /** What should stand in the output folder: path → text. Sorted; the same for the same files on every machine. */
  outputs(): ReadonlyMap<string, string>;
  /** Writes what differs, each file atomically, and removes types of files that are gone. Gives the paths that it touched. */
  write(): Promise<readonly string[]>;
  /** What in the output folder is missing, differs, or should be gone. */
  stale(): Promise<readonly string[]>;
}

/**
 * Reads a folder of routes without running any of it.
 *
 * Faults do not throw: they are in `scan.faults`, and the outputs leave out what is wrong.
 *
 * @throws CompileError if the folder of routes cannot be read
 * @example
 * const project = await openProject({ root: process.cwd() });
 * if (project.scan.faults.length === 0) await project.write();
 */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const { root, environment = "production", disk = diskAt(root) } = options;
  const routes = clean(options.routes ?? "routes");
  const matchers = clean(options.matchers ?? "matchers");
  const out = clean(options.out ?? ".openspeed");
  const folders = { routes, matchers, up: `${relative(`/${out}`, "/")}/` };
  const modules = createModules(disk);
  const places = createPlaces();
  const output = outputAt(join(root, out));
  const parts = new Map<string, Part>();

  const files = new Set(listRoutes(disk, routes));
  let structure = structured();
  let assembled = assembleNow();

  function structured(): Structure {
    return structureOf(files, listMatchers(disk, matchers), folders, environment, places);
  }

  function assembleNow(): Assembled {
    return assemble({ structure, modules, parts, pages: () => pagesModule(disk) });
  }

  function update(changed: readonly string[]): { routesChanged: boolean; typesChanged: boolean } {
    let renamed = false;
    let touched = false;
    for (const path of changed.map(clean)) {
      if (isBelow(path, out)) output.forget();
      else if (isBelow(path, routes)) {
        if (relist(path)) renamed = true;
        else touched = reread(path) || touched;
      } else if (isBelow(path, matchers)) {
        modules.refresh(path);
        renamed = true;
      } else if (/^tsconfig[^/]*\.json$/.test(path)) touched = true;
      else if (modules.has(path)) touched = reread(path) || touched;
    }
    if (!renamed && !touched) return { routesChanged: false, typesChanged: false };
    if (renamed) {
      const { key } = structure;
      structure = structured();
      if (structure.key !== key) parts.clear();
    }
    const before = assembled;
    assembled = assembleNow();
    return {
      routesChanged: before.routes !== assembled.routes,
      typesChanged: before.api !== assembled.api || !sameTexts(before.types, assembled.types),
    };
  }

  /** Takes note of files that came or went; tells whether one did. */
  function relist(path: string): boolean {
    const name = path.slice(routes.length + 1);
    const is = disk.is(path);
    if (is === "file") {
      if (files.has(name)) return false;
      files.add(name);
      forget(name);
      return places.of(name) !== undefined;
    }
    const below = name === "" ? "" : `${name}/`;
    const gone = files.has(name) ? [name] : [...files].filter((file) => file.startsWith(below));
    const now = is === "folder" ? disk.list(path).map((file) => below + file) : [];
    for (const file of gone) {
      files.delete(file);
      forget(file);
    }
    for (const file of now) files.add(file);
    return [...gone, ...now].some((file) => places.of(file) !== undefined);
  }

  function forget(name: string): void {
    modules.forget(`${routes}/${name}`);
    parts.delete(name);
  }

  function reread(path: string): boolean {
    if (!modules.has(path) || !modules.refresh(path)) return false;
    if (isBelow(path, routes)) parts.delete(path.slice(routes.length + 1));
    return true;
  }

  return {
    get scan() {
      return assembled.scan;
    },
    update,
    outputs: () => assembled.texts(),
    write: async () => output.write(assembled.texts()),
    stale: async () => output.stale(assembled.texts()),
  };
}

function listRoutes(disk: Disk, routes: string): string[] {
  try {
    return disk.list(routes);
  } catch (error) {
    const message = `The folder of routes cannot be read: ${reasonOf(error)}.`;
    const fault: Diagnostic = {
      code: "OS_ROUTES_UNREADABLE",
      message,
      where: routes,
      mend: "Create it, or name another.",
    };
    throw new CompileError([fault]);
  }
}

/** There need not be any. */
function listMatchers(disk: Disk, matchers: string): string[] {
  return disk.is(matchers) === "folder" ? disk.list(matchers) : [];
}

function clean(path: string): string {
  return path
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/+$/, "");
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function sameTexts(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [path, text] of a) if (b.get(path) !== text) return false;
  return true;
}
