/** What a file's name says besides its path: extension, environment, method, and whether it is a folder file. */

export type Environment = "development" | "production";

/** A file that says something about its folder and all below it. */
export type FolderRole = "use" | "layout" | "error" | "not-found" | "loading";

export interface FileName {
  readonly role: "route" | "method" | "page" | FolderRole;
  /** For role `method`, in capitals. */
  readonly method: string;
  /** The name of the segment that a route or method file stands for; `index` is its folder. */
  readonly stem: string;
  /** Where it counts; everywhere if `undefined`. */
  readonly environment: Environment | undefined;
  /** The name without environment and extension: what `x.dev.ts` takes the place of. */
  readonly slot: string;
}

export const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * Reads a file's name, or tells why it is none of the router's: `"ignored"`, or the name that was probably meant.
 *
 * @example
 * parseFileName("[id].delete.dev.ts"); // { role: "method", method: "DELETE", stem: "[id]", environment: "development", … }
 */
export function parseFileName(name: string): FileName | { readonly meant: string } | "ignored" {
  const extension = MODULE.exec(name);
  if (extension === null || BESIDE.test(name)) return "ignored";
  const base = name.slice(0, extension.index);
  const suffix = ENVIRONMENT.exec(base);
  const slot = suffix === null ? base : base.slice(0, suffix.index);
  const environment = suffix === null ? undefined : suffix[1] === "dev" ? "development" : "production";
  const says = { method: "", stem: slot, environment, slot } as const;
  if (slot.startsWith("_")) {
    const role = FOLDER_FILES.get(slot);
    if (role !== undefined) return { ...says, role };
    const meant = MISSPELT.get(slot.toLowerCase().replaceAll(/[^a-z]/g, ""));
    return meant === undefined ? "ignored" : { meant: `${meant}${name.slice(slot.length)}` };
  }
  if (slot.startsWith(".")) return "ignored";
  if (slot === "page") return { ...says, role: "page" };
  const method = METHOD.exec(slot);
  if (method === null || method.index === 0) return { ...says, role: "route" };
  return { ...says, role: "method", method: (method[1] ?? "").toUpperCase(), stem: slot.slice(0, method.index) };
}

/** Whether a folder, and what is in it, can be part of a path. */
export function isSeenFolder(name: string): boolean {
  const first = name.charCodeAt(0);
  return (first !== UNDERSCORE && first !== DOT && name !== "node_modules") || name === ".well-known";
}

const UNDERSCORE = 95;
const DOT = 46;
const MODULE = /\.(?:[jt]sx?|m[jt]s)$/;
/** What lies beside the code it belongs to, and is no route: tests, declarations, islands. */
const BESIDE = /\.(?:test|spec|test-d|d|island)\.(?:[jt]sx?|m[jt]s)$/;
const ENVIRONMENT = /\.(dev|prod)$/;
const METHOD = /\.(get|head|post|put|patch|delete|options)$/;

const FOLDER_FILES: ReadonlyMap<string, FolderRole> = new Map([
  ["_use", "use"],
  ["_layout", "layout"],
  ["_error", "error"],
  ["_not-found", "not-found"],
  ["_loading", "loading"],
]);
/** A guard that nobody reads is worse than an error, so the likeliest slips are found. */
const MISSPELT: ReadonlyMap<string, string> = new Map([
  ["use", "_use"],
  ["uses", "_use"],
  ["layout", "_layout"],
  ["error", "_error"],
  ["notfound", "_not-found"],
  ["loading", "_loading"],
]);
