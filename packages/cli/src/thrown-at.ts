import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

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
  const message = messageOf(error);
  const place = placeOfCompiler(error) ?? placeOfStack(error, root);
  return { message, where: place === undefined ? otherwise : written(place, root) };
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
  return `${stripped(line)
    .trim()
    .replace(/^[x×]\s+/, "")
    .replace(/[.:]$/, "")}.`;
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
  return isAbsolute(file) && !isAbsolute(from) && !from.split(sep).some((part) => part === "..") && !from.includes("node_modules");
}

function written({ file, line, column }: Place, root: string): string {
  const from = relative(root, file).split(sep).join("/");
  const name = from.startsWith("..") || isAbsolute(from) ? file : from;
  return column === undefined ? `${name}:${line}` : `${name}:${line}:${column}`;
}

/** A place in words taken apart: `src/app.ts:12:5`, or a frame such as `fn (file:///app/src/app.ts:12:5)`. */
export interface SourcePlace {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
}

/** The file and line that a diagnostic's `where` names, if there is such a file. */
export function sourcePlace(where: string, root: string): SourcePlace | undefined {
  const match = /^(?:.*? \()?(.*?):(\d+)(?::(\d+))?\)?$/.exec(where.replace(/^async /, ""));
  if (match === null) return undefined;
  const name = fileOf(match[1] ?? "");
  const file = isAbsolute(name) ? name : `${root}/${name}`;
  if (!existsSync(file)) return undefined;
  const line = Number(match[2]);
  if (line < 1 || line > readFileSync(file, "utf8").split("\n").length) return undefined;
  return { file, line, column: match[3] === undefined ? undefined : Number(match[3]) };
}
