// The canonical path: decoded once, with dots, slashes and bad escapes decided here and nowhere else.

/** The two halves of a request target. */
export interface Target {
  /** The path as received, for `canonicalPath`; `*` for the asterisk-form. */
  readonly path: string;
  /** What follows the first `?`; empty when there is none. */
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
  const mark = target.indexOf("?");
  const end = mark < 0 ? target.length : mark;
  let start = 0;
  if (target.charCodeAt(0) !== SLASH) {
    if (target === "*") return { path: "*", query: "" };
    if (!ORIGIN.test(target)) return undefined;
    start = target.indexOf("/", "http://h".length);
    if (start < 0) start = end;
  }
  return { path: start < end ? target.slice(start, end) : "/", query: target.slice(end + 1) };
}

/**
 * The canonical form of a raw path, or `undefined` (answer 400) if it has none.
 *
 * - Each escape is decoded exactly once, except that an encoded `/` stays `%2F` and an encoded `%` stays `%25`:
 *   two raw paths have the same canonical form only if they name the same segments.
 * - Dot segments, encoded or not, are resolved as the WHATWG URL parser does. Nothing else is merged: doubled and trailing
 *   slashes count.
 * - Refused are invalid UTF-8, controls, raw spaces and backslashes, and dot segments beside an encoded separator.
 *
 * `raw` is as on the wire: chars 0x80 to 0xFF are octets of UTF-8. Text goes through `encodeURI` first.
 *
 * @example
 * canonicalPath("/a/../%61dmin/caf%C3%A9"); // "/admin/café"
 */
export function canonicalPath(raw: string): string | undefined {
  if (raw.charCodeAt(0) !== SLASH) return undefined;
  if (!NOTABLE.test(raw)) return raw;
  if (REFUSED.test(raw)) return undefined;
  const path = ENCODED.test(raw) ? decoded(raw) : raw;
  return path?.includes("/.") ? withoutDots(path) : path;
}

/** The value of a param: its part of a canonical path with the two escapes that such a path keeps restored. */
export function decodeParam(text: string): string {
  return text.replaceAll("%2F", "/").replaceAll("%25", "%");
}

const SLASH = 47;
const ORIGIN = /^https?:\/\/[^/?\\@\s]+(?:[/?]|$)/i;
// All but visible ASCII, and of that `#`, `%`, `.`, `?` and `\`.
const NOTABLE = /[^!"$&-\-/->@-[\]-~]/;
const REFUSED = /[^!-~\x80-\uffff]|[#?\\]/;
const ENCODED = /[%\x80-\uffff]/;
// Those of C1 too: a terminal that shows a log takes U+009B for the beginning of a command.
const CONTROL = /[^ -~\xa0-\uffff]/;
const HIDDEN_DOTS = /(?:%2F|\\)\.\.?(?![^/\\%]|%25)|\/\.\.?(?:%2F|\\)/;

function decoded(raw: string): string | undefined {
  const escaped = raw
    .replace(/[\x80-\xff]/g, (octet) => "%" + octet.charCodeAt(0).toString(16))
    .replaceAll("%25", "%2525")
    .replace(/%2f/gi, "%252F");
  let path: string;
  try {
    path = decodeURIComponent(escaped);
  } catch {
    return undefined; // an incomplete escape or invalid UTF-8
  }
  return CONTROL.test(path) || HIDDEN_DOTS.test(path) || !path.isWellFormed() ? undefined : path;
}

/** The URL parser's path state: `..` takes the segment before it along, and each leaves a slash at the end. */
function withoutDots(path: string): string {
  const segments: string[] = [];
  let dots = false;
  for (const segment of path.slice(1).split("/")) {
    dots = segment === "." || segment === "..";
    if (segment === "..") segments.pop();
    else if (!dots) segments.push(segment);
  }
  if (dots) segments.push("");
  return "/" + segments.join("/");
}
