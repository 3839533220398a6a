/** What a module exports and imports, known without running it. */
import {
  type OxcError,
  type ParseResult,
  type ParserOptions,
  parseSync,
  rawTransferSupported,
  type StaticExportEntry,
} from "oxc-parser";

export interface ModuleFacts {
  /** Names of exported values, `default` included, and where they stand: `line:column`. */
  readonly exports: ReadonlyMap<string, string>;
  /** Those of them that are functions or classes as they stand, and so were made by nobody. */
  readonly plain: ReadonlySet<string>;
  /** Where `export *` stands, whose names cannot be known from here. */
  readonly star: string | undefined;
  /** What it imports when it is loaded; types aside. */
  readonly imports: readonly string[];
  readonly error: ModuleError | undefined;
}

export interface ModuleError {
  readonly code: "OS_ROUTE_SYNTAX" | "OS_ROUTE_UNREADABLE";
  readonly message: string;
  /** `line:column`, if there is one. */
  readonly at: string;
}

/** Reads a module's text. The tree stays in the parser: only its record of exports and imports comes over. */
export function readModule(file: string, text: string): ModuleFacts {
  const parsed: Parsed = parseSync(file, text, options);
  try {
    return factsOf(parsed, text);
  } finally {
    parsed.dispose?.();
  }
}

/** Where the runtime can share memory with the parser, the tree is never written out: a quarter of the time. */
const options: ParserOptions & { readonly experimentalLazy: boolean } = { experimentalLazy: rawTransferSupported() };

interface Parsed extends ParseResult {
  /** Gives the shared memory back; there with `experimentalLazy`. */
  dispose?(): void;
}

function factsOf(parsed: ParseResult, text: string): ModuleFacts {
  const positionOf = positionsIn(text);
  const exports = new Map<string, string>();
  const plain = new Set<string>();
  let star: string | undefined;
  const { staticExports, staticImports } = parsed.module;
  const imports = new Set<string>();
  for (const { start, end, entries } of staticExports) {
    const isPlain = PLAIN.test(text.slice(start, Math.min(end, start + HEAD)));
    for (const entry of entries) {
      if (entry.isType) continue;
      if (entry.moduleRequest !== null) imports.add(entry.moduleRequest.value);
      const name = nameOf(entry.exportName);
      if (name === undefined) star ??= positionOf(entry.start);
      else exports.set(name, positionOf(entry.exportName.start ?? entry.start));
      if (name !== undefined && isPlain) plain.add(name);
    }
  }
  for (const { moduleRequest, entries } of staticImports) {
    if (entries.length === 0 || entries.some(({ isType }) => !isType)) imports.add(moduleRequest.value);
  }
  const error = parsed.errors.find(isSerious);
  return { exports, plain, star, imports: [...imports], error: error && described(error, positionOf) };
}

/** `export async function GET()`, `export default (props) =>`, `export const GET = async () =>`: as other frameworks have it. */
const PLAIN =
  /^export\s+(?:default\s+|const\s+[\w$]+\s*=\s*)?(?:async\s+)?(?:(?:function|class)\b|(?:\([^()]*\)|[\w$]+)\s*=>)/;
/** How much of a statement is looked at. */
const HEAD = 300;

function isSerious(error: OxcError): boolean {
  const severity: string = error.severity;
  return severity === "Error";
}

/** What `exportName` is with `experimentalLazy`: no name for `default`, nothing for `export *`. */
type LazyName = { readonly kind?: undefined; readonly value?: string; readonly start: number } | "null";

function nameOf(written: StaticExportEntry["exportName"] | LazyName): string | undefined {
  if (written === "null") return undefined;
  if (written.kind === undefined) return written.value ?? "default";
  const kind: string = written.kind;
  return kind === "Default" ? "default" : (written.name ?? undefined);
}

function described(error: OxcError, positionOf: (offset: number) => string): ModuleError {
  return {
    code: "OS_ROUTE_SYNTAX",
    message: error.message.replace(/\.$/, ""),
    at: positionOf(error.labels[0]?.start ?? 0),
  };
}

/** Line and column, both from 1, as editors count them. */
function positionsIn(text: string): (offset: number) => string {
  return (offset) => {
    let line = 1;
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
      line++;
      start = end + 1;
    }
    return `${line}:${offset - start + 1}`;
  };
}
