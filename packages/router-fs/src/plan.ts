/** Which files are routes, at which paths, below which `_use` files: pure planning over names. */
import type { Diagnostic } from "@openspeed/core";
import { pathOf } from "./path-of.ts";

export interface PlannedRoute {
  /** The file, relative to the scanned folder. */
  readonly file: string;
  readonly path: string;
  /** The `_use` files whose items it inherits, outermost first. */
  readonly uses: readonly string[];
}

export interface Plan {
  readonly routes: readonly PlannedRoute[];
  readonly uses: readonly string[];
  readonly faults: readonly Diagnostic[];
}

/**
 * Plans the routes of a folder from the names of its files, in an order that is the same on every machine.
 *
 * Left out: what begins with `_` or `.` (except `.well-known`), tests, declarations, and files that are not modules.
 */
export function plan(files: readonly string[]): Plan {
  const modules = files.filter((file) => MODULE.test(file)).sort(byCodePoint);
  const uses = new Map<string, string>();
  const routes: PlannedRoute[] = [];
  const faults: Diagnostic[] = [];

  for (const file of modules) {
    if (!USE.test(file) || !isSeen(folderOf(file))) continue;
    const twin = uses.get(folderOf(file));
    if (twin === undefined) uses.set(folderOf(file), file);
    else
      faults.push({
        code: "OS_USE_TWICE",
        message: `${twin} already says what this folder uses.`,
        where: file,
        mend: "Keep one of the two.",
      });
  }
  for (const file of modules) {
    if (!isSeen(file) || BESIDE.test(file)) continue;
    const { path, fault } = pathOf(file);
    if (fault === undefined) routes.push({ file, path, uses: usesAbove(file, uses) });
    else faults.push({ code: "OS_ROUTE_NAME", message: fault.message, where: file, mend: fault.mend });
  }
  return { routes, uses: [...uses.values()], faults };
}

const MODULE = /\.[cm]?[jt]sx?$/;
const BESIDE = /\.(?:test|spec|test-d|d)\.[cm]?[jt]sx?$/;
const USE = /(?:^|\/)_use\.[cm]?[jt]sx?$/;

function isSeen(file: string): boolean {
  return file.split("/").every((segment) => segment === ".well-known" || !/^[_.]/.test(segment));
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

function usesAbove(file: string, uses: ReadonlyMap<string, string>): string[] {
  const above: string[] = [];
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const use = uses.get(folder);
    if (use !== undefined) above.unshift(use);
    if (folder === "") return above;
  }
}

/** Neither the locale nor UTF-16's surrogates decide the order. */
export function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
