import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "@openspeed/core";
import type { Scan } from "@openspeed/router-fs/generate";
import { fromRoot } from "./thrown-at.ts";

type Load = (file: string) => Promise<Readonly<Record<string, unknown>>>;

/** An error of OpenSpeed's own that has a code: it keeps the code, and is told at the file that it names. */
export function codedError(error: unknown, root: string, where: string): Diagnostic | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  if (typeof code !== "string" || !code.startsWith("OS_")) return undefined;
  const text = error.message.replace(`${code}: `, "");
  const [, message = text, mend = "Mend the line that is named."] = /^(.*?\.) (.*)$/s.exec(text) ?? [];
  const [, named = ""] = /^(?:The _\S+ of |Layout \d+ around )?(\S+\.[jt]sx?) /.exec(text) ?? [];
  return { code, message, where: existsSync(join(root, named)) && named !== "" ? exportIn(named, root) : where, mend };
}

/** A file that decides how all others are read. The words of its parsers name no line that people could click. */
export function brokenSettings(text: string, root: string): Diagnostic | undefined {
  const found =
    /Failed to load tsconfig '(?<file>.+?)': (?<words>.+?) at line (?<line>\d+) column (?<column>\d+)/.exec(text) ??
    /JSONError \{ path: "(?<file>.+?)", message: "(?<words>.+?)(?: at line \d+ column \d+)?", line: (?<line>\d+), column: (?<column>\d+)/.exec(
      text,
    );
  const { file, words, line, column } = found?.groups ?? {};
  if (file === undefined || words === undefined) return undefined;
  const name = fromRoot(file, root);
  // A parser that got nothing more to read counts a column 0.
  const where = Number(column) > 0 ? `${name}:${line}:${column}` : `${name}:${line}`;
  return {
    code: "OS_SETTINGS_UNREADABLE",
    message: `It cannot be read: ${words}.`,
    where,
    mend: "Mend the line that is named.",
  };
}

const RENDERERS = { react: "react react-dom", preact: "preact preact-render-to-string" } as const;

/** What pages are rendered with, where it is not installed. */
export function missingRenderer(text: string, root: string): Diagnostic | undefined {
  const [, wanted, renderer] =
    /Cannot find (?:package|module) '((?:p?react)[\w/.-]*)'[^\n]*[\\/]pages[\\/](?:dist|src)[\\/](p?react)\b/.exec(
      text,
    ) ?? [];
  if (wanted === undefined || (renderer !== "react" && renderer !== "preact")) return undefined;
  return {
    code: "OS_RENDERER_MISSING",
    message: `Pages are rendered with ${renderer}, and ${wanted} is not installed.`,
    where: lineIn("tsconfig.json", root, (line) => line.includes('"jsxImportSource"')),
    mend: `npm install ${RENDERERS[renderer]}`,
  };
}

/** The folder of routes that what is generated was made from. */
export function missingRoutes(routes: string): Diagnostic {
  return {
    code: "OS_ROUTES_UNREADABLE",
    message: "The app's routes are generated from this folder, and it is not there.",
    where: routes,
    mend: 'Create it, or name another: routes: "…" in openspeed.config.ts.',
  };
}

/** What is said of a generated file is the fault of one that is written: its `_use` files that export no list. */
export async function noLists(
  { where, message }: Diagnostic,
  { routes }: Scan,
  load: Load,
  root: string,
): Promise<readonly Diagnostic[]> {
  if (!where.startsWith(".openspeed/routes.ts") || !/ is not (?:iterable|a function)/.test(message)) return [];
  const found: Diagnostic[] = [];
  for (const file of new Set(routes.flatMap(({ uses }) => uses))) {
    if (Array.isArray((await load(file))["default"])) continue;
    found.push({
      code: "OS_USE_EXPORT",
      message: "Its default export is not a list.",
      where: exportIn(file, root),
      mend: "Write export default [ … ] with providers, middleware and metadata.",
    });
  }
  return found;
}

/** Pages count their layouts; the scan knows their files. */
export function layoutOf({ message }: Diagnostic, { routes }: Scan, root: string): string | undefined {
  const [, count, page] = /^Layout (\d+) around (\S+) /.exec(message) ?? [];
  const file = routes.find((route) => route.file === page)?.layouts[Number(count) - 1];
  return file && exportIn(file, root);
}

/** The line of a file's default export. */
export function exportIn(file: string, root: string): string {
  return lineIn(file, root, (line) => line.startsWith("export default"));
}

function lineIn(file: string, root: string, fits: (line: string) => boolean): string {
  const path = join(root, file);
  const line = existsSync(path) ? readFileSync(path, "utf8").split("\n").findIndex(fits) : -1;
  return line === -1 ? file : `${file}:${line + 1}`;
}
