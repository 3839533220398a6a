import { existsSync, readFileSync } from "node:fs";
import { basename, isAbsolute, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What a module threw while it was loaded, and the project's own line that is to blame. */
export interface Thrown {
  /** One line. */
  readonly message: string;
  /** `src/app.ts:12:5` from the project's folder, as exactly as is known. */
  readonly where: string;
}

/**
 * Where an error came from: what a compiler says of it, else the first of its frames that lies in the project.
 *
 * @param otherwise the file to name where nothing better is known
 */
export function thrownAt(error: unknown, root: string, otherwise: string): Thrown {
  const missing = missingImport(error, root);
  if (missing !== undefined) return missing;
  const first = firstOf(error);
  const place = placeOfCompiler(first) ?? placeOfStack(first, root);
  return { message: messageOf(first), where: place === undefined ? otherwise : written(place, root) };
}

/** Where a parser found several, the first is what the others follow from. */
function firstOf(error: unknown): unknown {
  if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) return error;
  const [first]: unknown[] = error.errors;
  return first ?? error;
}

/** A module that is not there is the fault of the line that imports it. Node and Vite say so in their own words. */
function missingImport(error: unknown, root: string): Thrown | undefined {
  if (!(error instanceof Error)) return undefined;
  const text = stripped(error.message);
  const found =
    /^Failed to load url (.+?) \(resolved id: .*\) in (.+?)\. Does the file exist/.exec(text) ??
    /^Cannot find (?:module|package) '(.+?)' imported from '?(.+?)'?$/m.exec(text);
  const [, wanted = "", by = ""] = found ?? [];
  const importer = fileOf(by);
  if (found === null || !isOurs(importer, root) || !existsSync(importer)) return undefined;
  return missingModule(wanted, importer, root);
}

/** A module that an existing file imports in vain. */
export function missingModule(wanted: string, importer: string, root: string): Thrown {
  const named = isAbsolute(wanted) ? basename(wanted) : wanted;
  const line = readFileSync(importer, "utf8")
    .split("\n")
    .findIndex((each) => each.includes(named));
  const place = { file: importer, line: line + 1, column: undefined };
  return {
    message: `${isAbsolute(wanted) ? fromRoot(wanted, root) : wanted} cannot be found.`,
    where: line === -1 ? fromRoot(importer, root) : written(place, root),
  };
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split("\n").find((each) => each.trim() !== "") ?? "it failed without a word";
  // Colours and the marks of parsers' frames are not for a sentence.
  const plain = stripped(line)
    .trim()
    .replace(/^[x×]\s+/, "")
    .replace(/^\[\w+\]\s*/, "");
  return `${plain.replace(/[.:]$/, "")}.`;
}

function stripped(text: string): string {
  // oxlint-disable-next-line no-control-regex -- this is what colours are made of
  return text.replaceAll(/\u001B\[[\d;]*m/g, "");
}

/** Vite and rolldown say `loc`. */
function placeOfCompiler(error: unknown): Place | undefined {
  if (typeof error !== "object" || error === null || !("loc" in error)) return undefined;
  const { loc } = error;
  if (typeof loc !== "object" || loc === null || !("line" in loc) || typeof loc.line !== "number") return undefined;
  const file = "file" in loc ? loc.file : "id" in error ? error.id : undefined;
  if (typeof file !== "string") return undefined;
  // Their columns begin at 0.
  const column = "column" in loc && typeof loc.column === "number" ? loc.column + 1 : undefined;
  return { file: file.replace(/\?.*$/, ""), line: loc.line, column };
}

function placeOfStack(error: unknown, root: string): Place | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  const lines = stripped(error.stack).split("\n");
  // A syntax error stands before its message: file:///app.ts:3, the line, and a caret below.
  const syntax = /^(.*?):(\d+)$/.exec(lines[0] ?? "");
  if (syntax !== null) {
    const file = fileOf(syntax[1] ?? "");
    const caret = (lines[2] ?? "").indexOf("^");
    if (isOurs(file, root)) return { file, line: Number(syntax[2]), column: caret === -1 ? undefined : caret + 1 };
  }
  return placeOfFrames(lines, root);
}

function placeOfFrames(lines: readonly string[], root: string): Place | undefined {
  for (const line of lines) {
    const frame = /^\s*(?:at (?:.*? \()?)?((?:file:|[A-Za-z]:|\/).*?):(\d+):(\d+)\)?$/.exec(line);
    const file = fileOf(frame?.[1] ?? "");
    if (frame !== null && isOurs(file, root)) return { file, line: Number(frame[2]), column: Number(frame[3]) };
  }
  return undefined;
}

function fileOf(text: string): string {
  const bare = text.replace(/\?.*$/, "");
  try {
    return bare.startsWith("file:") ? fileURLToPath(bare) : bare;
  } catch {
    return bare;
  }
}

function isOurs(file: string, root: string): boolean {
  const from = relative(root, file);
  const parts = from.split(sep);
  return isAbsolute(file) && !isAbsolute(from) && !parts.includes("..") && !parts.includes("node_modules");
}

/** The first place of a stack that lies in the project. */
export function placeInStack(stack: string, root: string): string | undefined {
  const place = placeOfFrames(stripped(stack).split("\n"), root);
  return place && written(place, root);
}

/** A text with its places from the project's folder; one that is a frame, `mountAll (/app/src/app.ts:6:5)`, as its place. */
export function tidied(text: string, root: string): string {
  return text
    .replace(/^[^()\n]+ \(((?:file:|[A-Za-z]:|\/)[^\n]*:\d+:\d+)\)$/, "$1")
    .replaceAll(`${pathToFileURL(root).href}/`, "")
    .replaceAll(`${root}${sep}`, "");
}

/** A file from the project's folder, with `/`; one outside of it as it is. */
export function fromRoot(file: string, root: string): string {
  const from = relative(root, file).split(sep).join("/");
  return from.startsWith("..") || isAbsolute(from) ? file : from;
}

function written({ file, line, column }: Place, root: string): string {
  const name = fromRoot(file, root);
  return column === undefined ? `${name}:${line}` : `${name}:${line}:${column}`;
}
