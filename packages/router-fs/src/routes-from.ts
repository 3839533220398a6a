import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CompileError, type Diagnostic, type Mount, type Schema } from "@openspeed/core";
import type { Pages } from "@openspeed/pages";
import { BUILT_IN } from "./built-in.ts";
import { diskAt } from "./disk.ts";
import type { Environment } from "./grammar/file-name.ts";
import { matcherNames } from "./matcher-files.ts";
import { type Exports, type Loaded, mountsOf } from "./mounts-of.ts";
import { byCodePoint } from "./order.ts";
import { type Plan, plan } from "./plan.ts";
import { reasonOf } from "./reason.ts";

export interface FolderOptions {
  /** Which of `x.dev.ts` and `x.prod.ts` count. Default: `development` if `NODE_ENV` says so, else `production`. */
  readonly environment?: Environment;
  /** The folder of own matchers. Default: `matchers` beside the folder of routes; there need not be one. */
  readonly matchers?: string | URL;
  /** What mounts pages. Default: `pages` of `@openspeed/pages/preact`, loaded if there are any. */
  readonly pages?: Pages;
}

/**
 * Scans a folder of routes into mounts for `createApp({ routes })`, and loads them all. The same as `.openspeed/routes.ts`,
 * without a generated file; which is for small apps and tests.
 *
 * The grammar of the folder is the table in the README. The order is the same on every machine.
 *
 * @param folder a file URL, or a path from the working directory
 * @throws CompileError with everything that is wrong, each with its file and mend
 * @example
 * const app = createApp({ routes: await routesFrom(new URL("./routes/", import.meta.url)) });
 */
export async function routesFrom(folder: string | URL, options: FolderOptions = {}): Promise<readonly Mount[]> {
  const root = pathOf(folder);
  const name = basename(root);
  const faults: Diagnostic[] = [];
  const planned = plan(filesOf(root, name), options.environment ?? environment());
  faults.push(...planned.faults.map((fault) => ({ ...fault, where: `${name}/${fault.where}` })));

  const files = [...planned.folderFiles.keys(), ...planned.files.map(({ placed }) => placed.file)];
  const exports = new Map(
    await Promise.all(
      files.map(async (file) => [file, await load(join(root, file), `${name}/${file}`, faults)] as const),
    ),
  );
  const folderOfMatchers = options.matchers === undefined ? join(dirname(root), "matchers") : pathOf(options.matchers);
  const { matchers, known } = await matchersOf(folderOfMatchers, planned, faults);
  const pages = options.pages ?? (needsPages(planned) ? await defaultPages() : undefined);
  const mounted = mountsOf(planned, { exportsOf: (file) => exports.get(file), matchers, known, pages, name });
  faults.push(...mounted.faults);
  if (faults.length > 0) throw new CompileError(faults.sort((a, b) => byCodePoint(a.where, b.where)));
  return mounted.mounts;
}

function pathOf(folder: string | URL): string {
  return resolve(typeof folder === "string" ? folder : fileURLToPath(folder));
}

function filesOf(root: string, name: string): string[] {
  try {
    return diskAt(root).list("");
  } catch (error) {
    const message = `The folder cannot be read: ${reasonOf(error)}.`;
    throw new CompileError([
      { code: "OS_ROUTES_UNREADABLE", message, where: name, mend: "Create it, or name another." },
    ]);
  }
}

async function load(path: string, where: string, faults: Diagnostic[]): Promise<Exports | undefined> {
  try {
    // Through a URL, so that brackets, spaces and Windows drives in the place mean nothing to the importer.
    const module: Exports = await import(pathToFileURL(path).href);
    return module;
  } catch (error) {
    const message = `It cannot be loaded: ${reasonOf(error)}.`;
    faults.push({
      code: "OS_ROUTE_UNREADABLE",
      message,
      where,
      mend: "Mend the file; nothing of it could be mounted.",
    });
    return undefined;
  }
}

/** Only what a path asks for is loaded. */
async function matchersOf(
  folder: string,
  { files, notFounds }: Plan,
  faults: Diagnostic[],
): Promise<Pick<Loaded, "matchers" | "known">> {
  const places = [...files.map(({ placed }) => placed.place), ...notFounds.map(({ place }) => place)];
  const asked = new Set(places.flatMap(({ params }) => Object.values(params)));
  const disk = diskAt(folder);
  const { names, faults: named } = matcherNames(disk.is("") === "folder" ? disk.list("") : []);
  faults.push(...named.map((fault) => ({ ...fault, where: `matchers/${fault.where}` })));

  const builtIn = [...BUILT_IN.keys()].some((name) => asked.has(name)) ? await import("@openspeed/core/matchers") : {};
  const matchers = new Map<string, Schema>(Object.entries(builtIn));
  for (const [name, file] of names) {
    if (!asked.has(name)) continue;
    const where = `matchers/${file}`;
    const exports = await load(join(folder, file), where, faults);
    const matcher = exports?.["default"];
    if (isSchema(matcher)) matchers.set(name, matcher);
    else if (exports !== undefined) faults.push(noSchema(matcher, where));
  }
  return { matchers, known: new Set([...BUILT_IN.keys(), ...names.keys()]) };
}

function noSchema(given: unknown, where: string): Diagnostic {
  const mend = "Write export default a Standard Schema, such as zod's.";
  return given === undefined
    ? { code: "OS_DEFAULT_MISSING", message: "A matcher has no default export.", where, mend }
    : { code: "OS_MATCHER_EXPORT", message: "Its default export is no Standard Schema.", where, mend };
}

function isSchema(value: unknown): value is Schema {
  return (typeof value === "object" || typeof value === "function") && value !== null && "~standard" in value;
}

function needsPages({ files, notFounds }: Plan): boolean {
  return notFounds.length > 0 || files.some(({ placed }) => placed.role === "page");
}

async function defaultPages(): Promise<Pages> {
  const { pages } = await import("@openspeed/pages/preact");
  return pages;
}

function environment(): Environment {
  return process.env["NODE_ENV"] === "development" ? "development" : "production";
}
