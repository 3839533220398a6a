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
    const value = pair.slice(equals + 1).trim();
    const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
    fields[pair.slice(0, equals).trim()] ??= bare.includes("%") ? decodeCookie(bare) : bare;
  }
  return fields;
}

function decodeCookie(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
