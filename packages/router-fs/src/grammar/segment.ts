/** One name between two slashes becomes one segment of a path: pure text, no disk. */

/** What is wrong with a name, and how to mend it. */
export interface NameFault {
  readonly message: string;
  readonly mend: string;
}

export type Segment =
  /** Text, as a mount's path has it. */
  | { readonly kind: "literal"; readonly text: string }
  | {
      readonly kind: "param" | "optional" | "rest";
      readonly name: string;
      /** The matcher's name; empty for none. */
      readonly matcher: string;
    }
  /** Leaves nothing behind. */
  | { readonly kind: "group" };

export type Parsed<T> =
  | { readonly value: T; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: NameFault };

/**
 * Reads the name of a folder, or of a file without what stands after its path (extension, environment, method).
 *
 * @example
 * parseSegment("[id=uuid]", "file").value; // { kind: "param", name: "id", matcher: "uuid" }
 */
export function parseSegment(name: string, of: "file" | "folder"): Parsed<Segment> {
  if (of === "folder" && GROUP.test(name)) return { value: { kind: "group" } };
  const optional = OPTIONAL.exec(name)?.[1];
  const param = PARAM.exec(optional ?? name);
  if (param === null) return literal(name, of);
  const [, dots, id = "", equals, matcher = ""] = param;
  if (equals !== undefined && !MATCHER.test(matcher))
    return bad(
      name,
      `${matcher === "" ? "an empty text" : `"${matcher}"`} is no matcher's name, which is letters, digits and _`,
      `Name it [${id}=int], or [${id}] for any text.`,
    );
  if (dots === undefined) return { value: { kind: optional === undefined ? "param" : "optional", name: id, matcher } };
  if (optional !== undefined)
    return bad(
      name,
      "a rest cannot be optional",
      `Name it [...${id}], and add an index file beside it for the path without.`,
    );
  return { value: { kind: "rest", name: id, matcher } };
}

/** How a mount's path writes it; `undefined` for a group. */
export function pathSegmentOf(segment: Segment): string | undefined {
  switch (segment.kind) {
    case "group":
      return undefined;
    case "literal":
      return segment.text;
    case "param":
      return `:${segment.name}`;
    case "optional":
      return `:${segment.name}?`;
    case "rest":
      return `*${segment.name}`;
  }
}

const GROUP = /^\([\p{L}\p{N}_-]+\)$/u;
const OPTIONAL = /^\[(\[.*\])\]$/;
const PARAM = /^\[(\.\.\.)?([A-Za-z_]\w*)(=([^[\]]*))?\]$/;
const MATCHER = /^[A-Za-z_]\w*$/;
/** RFC 3986 §2.3's unreserved characters, letters and digits of any script, and two that read well: `@`, `+`. */
const TEXT = /^[\p{L}\p{M}\p{N}._~@+-]*$/u;
/** A character by its number: `[x+3f]` is `?`, `[u+0e01]` is `ก`. */
const ESCAPE = /\[(?:x\+([0-9A-Fa-f]{2})|u\+([0-9A-Fa-f]{4,6}))\]/g;

function literal(name: string, of: "file" | "folder"): Parsed<Segment> {
  let text = "";
  let from = 0;
  for (const escape of name.matchAll(ESCAPE)) {
    const plain = name.slice(from, escape.index);
    const code = Number.parseInt(escape[1] ?? escape[2] ?? "", 16);
    if (!TEXT.test(plain)) return faultOfText(name, plain, of);
    if (code < 0x20 || code === 0x7f || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
      return bad(name, `${escape[0]} is no character that a path may hold`, "Leave it out.");
    text += plain + String.fromCodePoint(code);
    from = escape.index + escape[0].length;
  }
  const plain = name.slice(from);
  if (!TEXT.test(plain)) return faultOfText(name, plain, of);
  text += plain;
  if (text === "." || text === "..") return bad(name, "a dot segment never reaches a route", "Give it a name.");
  if (/^[:*]/.test(text))
    return bad(name, "a path's own : and * begin its params", "Put another character before it, or make it a param.");
  return { value: { kind: "literal", text: from === 0 ? text : text.replace(/[^\p{L}\p{M}\p{N}._~@+-]/gu, escaped) } };
}

function escaped(char: string): string {
  return encodeURIComponent(char);
}

function faultOfText(name: string, plain: string, of: "file" | "folder"): Parsed<Segment> {
  if (/[[\]]/.test(plain))
    return bad(
      name,
      "a param takes a whole segment, in brackets, and is named by letters, digits and _",
      "Name it [id], [id=int], [[id]] or [...path]; a bracket itself is [x+5b] and [x+5d].",
    );
  if (/[()]/.test(plain))
    return bad(
      name,
      of === "folder"
        ? "parentheses make a group, which is named by letters, digits, _ and -"
        : "parentheses make a group, and only a folder can be one",
      "Name a folder (group), or write them as [x+28] and [x+29].",
    );
  const [char = ""] = plain.match(/[^\p{L}\p{M}\p{N}._~@+-]/u) ?? [];
  const code = (char.codePointAt(0) ?? 0).toString(16);
  return bad(
    name,
    "it has a character that a path segment may not hold as it is",
    `Use letters, digits and . _ ~ - @ +, or write it as ${code.length > 2 ? `[u+${code.padStart(4, "0")}]` : `[x+${code.padStart(2, "0")}]`}.`,
  );
}

function bad(name: string, why: string, mend: string): Parsed<Segment> {
  return { fault: { message: `The name "${name}" is no path segment: ${why}.`, mend } };
}
