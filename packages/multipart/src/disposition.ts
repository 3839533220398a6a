/** A part's `Content-Disposition` (RFC 7578 §4.2), as browsers write it. */
export interface Disposition {
  readonly name: string;
  /** `undefined` for a field; empty where a form's file input was left empty. */
  readonly filename: string | undefined;
}

/**
 * Reads `form-data; name="…"; filename="…"`; `undefined` if it is anything else.
 *
 * The values are UTF-8 as sent, with `%22`, `%0D` and `%0A` decoded (WHATWG HTML §4.10.21.8) and a client's folders cut
 * off the file name. `filename*` is not read: RFC 7578 §4.2 forbids it.
 */
export function readDisposition(header: string): Disposition | undefined {
  const start = /^\s*form-data\s*(?=;|$)/i.exec(header);
  if (start === null) return undefined;
  const params = new Map<string, string>();
  const param = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*/y;
  param.lastIndex = start[0].length;
  for (let at = param.lastIndex; at < header.length; at = param.lastIndex) {
    const found = param.exec(header);
    if (found === null) return undefined;
    const [, key = "", quoted, token = ""] = found;
    if (params.has(key.toLowerCase())) return undefined; // two parsers could choose two different names
    params.set(key.toLowerCase(), quoted === undefined ? token : unescape(quoted));
  }
  const name = params.get("name");
  const filename = params.get("filename");
  return name === undefined ? undefined : { name, filename: filename === undefined ? undefined : baseName(filename) };
}

const ESCAPES: Readonly<Record<string, string>> = { "%22": '"', "%0D": "\r", "%0A": "\n" };

function unescape(text: string): string {
  return text
    .replace(/\\(["\\])/g, "$1")
    .replace(/%(?:22|0D|0A)/gi, (escape) => ESCAPES[escape.toUpperCase()] ?? escape);
}

function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return name === "." || name === ".." ? "" : name;
}
