import { isNode, LineCounter, parseDocument } from "yaml";
import { GenerateError } from "../fault.ts";
import { isRecord } from "../record.ts";

/**
 * The value of a JSON or YAML text.
 *
 * @throws GenerateError with line and column, for what is neither
 */
export function parse(text: string, name: string): unknown {
  const json = /^\s*[[{]/.test(text) ? jsonOf(text) : undefined;
  if (json !== undefined) return json;
  const lines = new LineCounter();
  // YAML holds all of JSON, so that its parser finds the place of what is wrong with either.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const [error] = document.errors;
  if (error === undefined) return document.toJS({ maxAliasCount: 1000 });
  const { line, col } = lines.linePos(error.pos[0]);
  throw new GenerateError({
    code: "OS_SPEC_SYNTAX",
    message: `It is neither JSON nor YAML: ${error.message.replace(/\.?\s*$/, ".")}`,
    where: `${name}:${line}:${col}`,
    mend: "Mend the line that is named.",
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where a member stands in its text: `file:line:column`. The text is parsed again, because only what is wrong asks. */
export function placeOf(text: string, name: string, path: readonly string[]): string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : nodeAt(document.contents, path.slice(0, length));
    if (!isNode(node) || node.range === undefined || node.range === null) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return `${name}:${line}:${col}`;
  }
  return name;
}

function nodeAt(contents: unknown, path: readonly string[]): unknown {
  let node = contents;
  for (const key of path) {
    if (!isRecord(node) || typeof node["get"] !== "function") return undefined;
    const get: (key: string | number, keep: true) => unknown = node["get"].bind(node);
    node = get(key, true) ?? (/^\d+$/.test(key) ? get(Number(key), true) : undefined);
  }
  return node;
}
