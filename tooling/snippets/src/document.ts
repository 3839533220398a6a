/** A fenced block of a document. */
export interface Block {
  /** The first word after the fence: `ts`, `console`; empty where there is none. */
  readonly language: string;
  /** What follows the first word: `nocheck: why`. */
  readonly flags: string;
  readonly text: string;
  /** Where its text begins, from 1. */
  readonly line: number;
}

/** What stands below one heading of the second level, or before the first one. */
export interface Section {
  /** Empty for what stands before the first one. */
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export interface Document {
  /** From the workspace's root, with forward slashes. */
  readonly path: string;
  readonly sections: readonly Section[];
}

interface Fence {
  readonly mark: string;
  readonly indent: string;
  readonly language: string;
  readonly flags: string;
  readonly line: number;
  readonly text: string[];
}

/** Takes a document's fenced blocks apart by section. Throws where a fence is never closed. */
export function readDocument(path: string, text: string): Document {
  const sections: { heading: string; blocks: Block[] }[] = [{ heading: "", blocks: [] }];
  let open: Fence | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (open === undefined) {
      const heading = /^##\s+(.+?)\s*#*$/.exec(line);
      if (heading !== null) sections.push({ heading: heading[1] ?? "", blocks: [] });
      open = fenceOf(line, index + 2);
    } else if (line.trim().length >= open.mark.length && line.trim() === open.mark[0]?.repeat(line.trim().length)) {
      const { language, flags, line: first } = open;
      sections.at(-1)?.blocks.push({ language, flags, text: open.text.join("\n"), line: first });
      open = undefined;
    } else {
      open.text.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line.trimStart());
    }
  }
  if (open !== undefined) throw new Error(`${path}:${open.line - 1}: this fence is never closed`);
  return { path, sections };
}

function fenceOf(line: string, first: number): Fence | undefined {
  const [, indent = "", mark, info = ""] = /^(\s*)(`{3,}|~{3,})\s*([^`]*)$/.exec(line) ?? [];
  if (mark === undefined) return undefined;
  const [language = "", ...flags] = info.trim().split(/\s+/);
  return { mark, indent, language, flags: flags.join(" "), line: first, text: [] };
}
