import { kernelError } from "../problem.ts";
import type { Fields } from "./query.ts";

/** Parses a `Cookie` header (RFC 6265 §5.4); the first of equal names counts, as it has the longer path. */
export function readCookies(header: string | null, limit: number): Fields {
  const fields = Object.create(null) as Fields; // no name from outside meets one that is there already
  if (header === null) return fields;
  const pairs = header.split(";", limit + 1);
  if (pairs.length > limit) throw kernelError("malformed", `More than ${limit} cookies.`);
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals === -1) continue;
    const value = trimmed(pair.slice(equals + 1));
    const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
    fields[trimmed(pair.slice(0, equals))] ??= bare.includes("%") ? decodeCookie(bare) : bare;
  }
  return fields;
}

/**
 * Without blanks and tabs around it, and nothing else: what else is a blank in JavaScript, 0xA0 for one, is an octet of a
 * name or value here, and a name that loses it could pass for one with the prefix `__Host-`.
 */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (isBlank(text, start)) start++;
  while (end > start && isBlank(text, end - 1)) end--;
  return text.slice(start, end);
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9;
}

function decodeCookie(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
