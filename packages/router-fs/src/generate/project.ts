/** A project's routes, kept true while its files change. */
import { join } from "node:path";
import { relative } from "node:path/posix";
import { CompileError, type Diagnostic } from "@openspeed/core";
import type { Environment } from "../grammar/file-name.ts";
import { reasonOf } from "../reason.ts";
import { type Disk, diskAt } from "../disk.ts";
import type { Scan } from "./scan.ts";
import { createState, isBelow } from "./state.ts";
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
  const output = outputAt(join(root, out));
  const state = createState(disk, folders, environment, listRoutes(disk, routes));
  let texts: ReadonlyMap<string, string> | undefined;

  function outputs(): ReadonlyMap<string, string> {
    return (texts ??= new Map([["api.d.ts", state.api()], ["routes.ts", state.routes()], ...state.types()]));
  }

  return {
    get scan() {
      return state.scan();
    },
    update(changed) {
      const paths = changed.map(clean);
      if (paths.some((path) => isBelow(path, out))) output.forget();
      const change = state.update(paths.filter((path) => !isBelow(path, out)));
      if (change.routesChanged || change.typesChanged) texts = undefined;
      return change;
    },
    outputs,
    write: async () => output.write(outputs()),
    stale: async () => output.stale(outputs()),
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

function clean(path: string): string {
  return path
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/+$/, "");
}
