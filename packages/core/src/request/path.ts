// The canonical path: decoded once, with dots, slashes and bad escapes decided here and nowhere else.

/** The two halves of a request target. */
export interface Target {
  /** The path as received, for `canonicalPath`; `*` for the asterisk-form. */
  readonly path: string;
  /** What follows the first `?`, without it; empty when there is none. */
  readonly query: string;
}

/**
 * Splits an HTTP request target (RFC 9112 §3.2): origin-form `/a?b`, absolute-form `http://host/a?b`, or `*`.
 *
 * Returns `undefined` (answer 400) for anything else: a fragment, another scheme, user information, an empty host.
 *
 * @example
 * splitTarget("/users?page=2"); // { path: "/users", query: "page=2" }
 */
export function splitTarget(target: string): Target | undefined {
  if (target.includes("#")) return undefined;
  let from = 0;
  if (target.charCodeAt(0) !== SLASH) {
    if (target === "*") return { path: "*", query: "" };
    const origin = ORIGIN.exec(target);
    if (origin === null) return undefined;
    from = origin[0].length;
  }
  const mark = target.indexOf("?", from);
  const path = mark < 0 ? target.slice(from) : target.slice(from, mark);
  return { path: path || "/", query: mark < 0 ? "" : target.slice(mark + 1) };
}

/**
 * The canonical form of a raw path, or `undefined` (answer 400) when it has none.
 *
 * - Each escape is decoded exactly once, except that an encoded `/` stays `%2F` and an encoded `%` stays `%25`:
 *   two raw paths share a canonical form only if they name the same segments.
 * - Dot segments, encoded or not, are resolved as the WHATWG URL parser does. Nothing else is merged: doubled and
 *   trailing slashes count.
 * - Refused: invalid UTF-8, controls, spaces and backslashes sent raw, and a dot segment hidden behind an encoded separator.
 *
 * `raw` is the path as on the wire: chars 0x80 to 0xFF are octets of UTF-8. Text such as `/café` is passed through
 * `encodeURI` first.
 *
 * @example
 * canonicalPath("/%61dmin/../caf%C3%A9"); // "/café"
 */
export function canonicalPath(raw: string): string | undefined {
  if (raw.charCodeAt(0) !== SLASH) return undefined;
  return SPECIAL.test(raw) ? decodePath(raw) : raw;
}

/** Restores the two escapes that a canonical path keeps, in one param's text. */
export function decodeParam(text: string): string {
  return text.replaceAll("%2F", "/").replaceAll("%25", "%");
}

const SLASH = 47;
const ORIGIN = /^https?:\/\/[^/?\\@\s]+(?=[/?]|$)/i;
// Whatever may not stand as it is: an escape, a refused or non-ASCII char, a segment that begins with a dot.
const SPECIAL = /[^!"$&->@-[\]-~]|\/\./;
const REFUSED_RAW = /[^!-~\x80-\uffff]|[#?\\]/;
const CONTROL = /[^ -~\x80-\uffff]/;
const HIDDEN_DOTS = /(?:%2F|\\)\.\.?(?![^/\\%]|%25)|\/\.\.?(?:%2F|\\)/;

function decodePath(raw: string): string | undefined {
  if (REFUSED_RAW.test(raw)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(escapeOctets(raw).replaceAll("%25", "%2525").replace(/%2f/gi, "%252F"));
  } catch {
    return undefined; // a bad escape or invalid UTF-8
  }
  if (CONTROL.test(path) || !path.isWellFormed() || HIDDEN_DOTS.test(path)) return undefined;
  return path.includes("/.") ? resolveDots(path) : path;
}

function escapeOctets(raw: string): string {
  return raw.replace(/[\x80-\xff]/g, (octet) => "%" + octet.charCodeAt(0).toString(16));
}

/** The WHATWG URL parser's path state: `..` takes the segment before it along, and either leaves a slash at the end. */
function resolveDots(path: string): string {
  const segments: string[] = [];
  let dot = false;
  for (const segment of path.slice(1).split("/")) {
    dot = segment === "." || segment === "..";
    if (segment === "..") segments.pop();
    else if (!dot) segments.push(segment);
  }
  if (dot) segments.push("");
  return "/" + segments.join("/");
}
