import { type Duration, parseDuration, type Use } from "@openspeed/core";
import { type Coding, codings } from "./codings.ts";
import { FilesError } from "./fault.ts";
import { type Hidden, isServable } from "./name.ts";
import type { Links, RootOptions } from "./root.ts";

export interface FilesOptions<U extends readonly Use[] = readonly Use[]> {
  /** The folder: a `file:` URL such as `new URL("../public/", import.meta.url)`, or a path from where the process was started. */
  readonly root: URL | string;
  /** Who may have the files: `publicAccess()` or a guard; and what else the route uses. */
  readonly use?: U;
  /** What a folder answers with. Default `"index.html"`; `false`: folders are 404. */
  readonly index?: string | false;
  /** A file for navigations that nothing else answers, as apps with a router in the browser need it. Other requests stay 404. */
  readonly fallback?: string;
  /** Which files are kept for a year without asking, because their names change with their content; `true`: all. Default: none. */
  readonly immutable?: RegExp | boolean;
  /** How long the others are kept without asking. Default: they are asked for again each time, and sent again if they changed. */
  readonly maxAge?: Duration;
  /** Whether `app.js.br`, `app.js.zst` and `app.js.gz` are sent in place of `app.js`, or which of them, best first. Default `false`. */
  readonly precompressed?: boolean | readonly Coding[];
  /** Hidden files and folders that may be served: their names, or `true` for all. Default `[".well-known"]`. */
  readonly dotfiles?: Hidden;
  /** Which symbolic links are followed: those that lead to what lies `"inside"` the root, the default, or none, `"never"`. */
  readonly links?: Links;
  /** The content security policy of HTML, SVG and XML. Default: scripts from files of the same origin, none for SVG and XML. `false`: no policy. */
  readonly csp?: string | false;
  /** For the graph. Default: `Files of` and the folder's name. */
  readonly summary?: string;
}

/** Options that were checked, with their defaults. */
export interface Rules extends RootOptions {
  readonly index: string | undefined;
  readonly fallback: string | undefined;
  readonly isImmutable: (name: string) => boolean;
  /** In seconds. */
  readonly maxAge: number | undefined;
  readonly codings: readonly Coding[];
  readonly csp: string | false | undefined;
}

/** @throws FilesError `OS_FILES_OPTION` */
export function rulesOf(options: FilesOptions): Rules {
  const { root, index = "index.html", fallback, dotfiles = [".well-known"], links = "inside", csp } = options;
  const refuse = (name: keyof FilesOptions, mend: string): never => {
    throw new FilesError("OS_FILES_OPTION", `files({ ${name} }) is ${JSON.stringify(options[name])}. ${mend}`);
  };
  if (root === "" || (typeof root !== "string" && !(root instanceof URL)))
    refuse("root", 'Give a folder: new URL("../public/", import.meta.url), or a path such as "public".');
  if (
    index !== false &&
    (typeof index !== "string" || index === "" || index.includes("/") || !isServable(index, dotfiles))
  )
    refuse("index", 'Give the name of a file, such as "index.html".');
  if (
    fallback !== undefined &&
    (typeof fallback !== "string" || fallback === "" || fallback.endsWith("/") || !isServable(fallback, dotfiles))
  )
    refuse("fallback", 'Give the name of a file in the root, such as "index.html".');
  if (links !== "inside" && links !== "never") refuse("links", 'Give "inside" or "never".');
  if (csp !== undefined && csp !== false && (typeof csp !== "string" || !/^[!-~][ -~]*$/.test(csp)))
    refuse("csp", "Give a policy in one line of ASCII, or false.");
  if (typeof dotfiles !== "boolean" && !Array.isArray(dotfiles))
    refuse("dotfiles", 'Give true, or names: [".well-known"].');
  const { immutable = false } = options;
  if (typeof immutable !== "boolean" && !(immutable instanceof RegExp))
    refuse("immutable", "Give an expression such as /^assets\\//, or true.");
  const maxAge = parseDuration(options.maxAge);
  if (options.maxAge !== undefined && maxAge === undefined) refuse("maxAge", 'Give a duration such as "1h".');
  const { precompressed = false } = options;
  const wanted = typeof precompressed === "boolean" ? (precompressed ? codings : []) : precompressed;
  if (!Array.isArray(wanted) || !wanted.every((coding) => codings.includes(coding)))
    refuse("precompressed", `Give true, or some of ${codings.map((coding) => JSON.stringify(coding)).join(", ")}.`);
  return {
    root,
    index: index === false ? undefined : index,
    fallback,
    isImmutable: immutabilityOf(immutable),
    maxAge: maxAge === undefined ? undefined : Math.floor(maxAge / 1000),
    codings: wanted,
    dotfiles,
    links,
    csp,
  };
}

function immutabilityOf(immutable: RegExp | boolean): (name: string) => boolean {
  // `search` begins at the front, whatever an expression with `g` remembers.
  return typeof immutable === "boolean" ? () => immutable : (name) => name.search(immutable) !== -1;
}
