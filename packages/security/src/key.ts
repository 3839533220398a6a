import { digest } from "./digest.ts";

/** What is short and needs no escaping stands in a key as it is. */
const LONGEST = 100;
const PLAIN = /^[\w.-]*$/;

/**
 * A key out of parts, of which no two lists make the same: each part is escaped, so that no separator, NUL or hash tag
 * (`{…}`) of a part means anything, and one that is long is replaced by its SHA-256.
 */
export function keyOf(parts: readonly (string | number)[]): string | Promise<string> {
  const texts = parts.map(partOf);
  return texts.every((text) => typeof text === "string")
    ? texts.join(":")
    : Promise.all(texts).then((all) => all.join(":"));
}

function partOf(part: string | number): string | Promise<string> {
  const text = String(part);
  if (text.length <= LONGEST && PLAIN.test(text)) return text;
  // Half a surrogate pair has no UTF-8, and JSON writes it as an escape.
  return text.length <= LONGEST && text.isWellFormed()
    ? encodeURIComponent(text)
    : digest("SHA-256", JSON.stringify(text)).then((hash) => `#${hash}`);
}
