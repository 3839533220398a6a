import type { Block, Document, Section } from "./document.ts";
import { sessionOf, type Step } from "./session.ts";

/** Something wrong in a document: `docs/routing.md:12: …`. */
export type Fault = string;

export interface ProjectFile {
  /** From the project's folder. */
  readonly path: string;
  readonly block: Block;
}

/** What is run, in the order in which it is read. A module without a name is a whole program. */
export type Run =
  | { readonly kind: "program"; readonly file: ProjectFile }
  | { readonly kind: "session"; readonly steps: readonly Step[] };

/** What a section's blocks make when a reader copies all of them into one folder. */
export interface Project {
  readonly document: string;
  readonly heading: string;
  /** Its folder's name. */
  readonly name: string;
  readonly files: readonly ProjectFile[];
  readonly runs: readonly Run[];
  readonly commands: readonly Block[];
  readonly faults: readonly Fault[];
}

type Kind = "module" | "data" | "session" | "commands" | "unread";

const kinds: Readonly<Record<string, Kind>> = {
  ts: "module",
  tsx: "module",
  json: "data",
  jsonc: "data",
  css: "data",
  html: "data",
  console: "session",
  sh: "commands",
  text: "unread",
  diff: "unread",
  "": "unread",
};

/**
 * A project for each section that has blocks. What stands before the first heading belongs to every section, unless the
 * section names a file of the same name.
 */
export function projectsOf({ path, sections }: Document): readonly Project[] {
  const [preamble, ...rest] = sections;
  const shared = preamble?.blocks.filter((block) => nameOf(block) !== undefined) ?? [];
  return [
    ...(preamble === undefined ? [] : [projectOf(path, preamble, [])]),
    ...rest.map((section) => projectOf(path, section, shared)),
  ].filter(({ files, runs, commands, faults }) => files.length + runs.length + commands.length + faults.length > 0);
}

function projectOf(document: string, section: Section, shared: readonly Block[]): Project {
  const files = new Map<string, ProjectFile>();
  const runs: Run[] = [];
  const commands: Block[] = [];
  const faults: Fault[] = [];
  for (const block of section.blocks) {
    const fault = (what: string): void => void faults.push(`${document}:${block.line}: ${what}`);
    const kind = kinds[block.language];
    if (kind === undefined) {
      fault(`a block in "${block.language}" is not checked; known: ${Object.keys(kinds).filter(Boolean).join(", ")}`);
    } else if (block.flags.startsWith("nocheck")) {
      if (!/^nocheck: \S/.test(block.flags)) fault("say why it is not checked: nocheck: REASON");
    } else if (block.flags !== "") {
      fault(`"${block.flags}" means nothing here; "nocheck: REASON" is the only flag`);
    } else if (kind === "session") {
      runs.push({ kind: "session", steps: sessionOf(block) });
    } else if (kind === "commands") {
      commands.push(block);
    } else if (kind === "module" || kind === "data") {
      if (block.language.startsWith("json")) faults.push(...jsonFaults(document, block));
      const name = nameOf(block);
      const path = name ?? `snippet-${files.size + 1}.${block.language}`;
      if (files.has(path)) fault(`${path} stands twice in this section; a section is one folder`);
      if (name === undefined && kind !== "module") continue;
      files.set(path, { path, block });
      if (name === undefined && block.language === "tsx") fault("Node runs no TSX: name the file in its first line");
      else if (name === undefined) runs.push({ kind: "program", file: { path, block } });
    }
  }
  // A section without blocks of its own needs none of the document's either.
  const empty = files.size + runs.length + commands.length === 0;
  for (const block of empty ? [] : shared) {
    const path = nameOf(block);
    if (path !== undefined && !files.has(path)) files.set(path, { path, block });
  }
  const name = slug(`${document.replace(/(\/README)?\.md$/, "")}-${section.heading}`);
  return { document, heading: section.heading, name, files: [...files.values()], runs, commands, faults };
}

/** A first line that is a comment and nothing but a file's name gives the block its place. */
function nameOf({ text }: Block): string | undefined {
  const first = text.slice(0, text.includes("\n") ? text.indexOf("\n") : text.length);
  const [, slashes, stars, angles] =
    /^(?:\/\/ (\S+\.\w+)|\/\* (\S+\.\w+) \*\/|<!-- (\S+\.\w+) -->)\s*(?:[:—–-].*)?$/.exec(first) ?? [];
  return slashes ?? stars ?? angles;
}

function jsonFaults(document: string, block: Block): readonly Fault[] {
  try {
    JSON.parse(block.language === "jsonc" ? withoutComments(block.text) : block.text);
    return [];
  } catch (error) {
    return [`${document}:${block.line}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** A file's text as it is written to the disk. */
export function textOf({ block }: ProjectFile): string {
  return block.language === "jsonc" ? withoutComments(block.text) : block.text;
}

/** JSON with comments and trailing commas as JSON, each character at its place. */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found, string?: string) =>
      string === undefined ? found.replace(/[^\n]/g, " ") : string,
    )
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? " ");
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
