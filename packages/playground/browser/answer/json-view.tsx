import type { JSX } from "preact";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Beyond it, colours cost more than they show. */
const COLOURED = 200_000;

/** JSON with its strings, numbers and names told apart. */
export function Json({ value, text }: { readonly value?: unknown; readonly text?: string }): JSX.Element {
  const pretty = text ?? JSON.stringify(value, null, 2) ?? "";
  if (pretty.length > COLOURED) return <code>{pretty}</code>;
  const parts: (string | JSX.Element)[] = [];
  let end = 0;
  for (const match of pretty.matchAll(TOKEN)) {
    const [token, quoted, colon] = match;
    parts.push(pretty.slice(end, match.index));
    const kind =
      colon !== undefined ? "name" : quoted !== undefined ? "string" : /[tfn]/.test(token[0] ?? "") ? "word" : "number";
    const shown = colon === undefined ? token : (quoted ?? "");
    parts.push(<span class={`json-${kind}`}>{shown}</span>, colon ?? "");
    end = match.index + token.length;
  }
  parts.push(pretty.slice(end));
  return <code>{parts}</code>;
}
