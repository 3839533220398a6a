/** The rules of canonical paths once more, over `URL`: what tests and the fuzzer hold `canonicalPath` against. */

/** Text as a server that reads latin1 gets it: one char for each octet of UTF-8. */
export function onTheWire(text: string): string {
  return Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join("");
}

/** A canonical path as a raw one that has it for its canonical form. */
export function escaped(path: string): string {
  return path
    .split(/(\/|%2F|%25)/)
    .map((part) => (/^(\/|%..)$/.test(part) ? part : encodeURIComponent(part)))
    .join("");
}

/** What a URL parser and one decoding of each segment make of a path, or `undefined` where a rule refuses it. */
export function parsedByUrl(text: string): string | undefined {
  if (/[^!-~\x80-\uffff]|[\\?#]/.test(text)) return undefined;
  try {
    for (const segment of text.split("/")) {
      const decoded = decodeURIComponent(segment);
      if (/[^ -~\xa0-\uffff]/.test(decoded)) return undefined;
      const parts = decoded.split(/[/\\]/);
      if (parts.length > 1 && parts.some((part) => part === "." || part === "..")) return undefined;
    }
  } catch {
    return undefined;
  }
  const { pathname } = new URL("http://h" + text);
  return pathname
    .split("/")
    .map((segment) => decodeURIComponent(segment).replaceAll("%", "%25").replaceAll("/", "%2F"))
    .join("/");
}
