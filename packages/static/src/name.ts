/** Which names of files a request may ask for. Pure: nothing here looks at a disk. */

/** Whether a hidden file or folder (its name begins with a dot) may be served. */
export type Hidden = boolean | readonly string[];

/** What no sensible path has; opening it would be refused by the disk anyway. */
const LONGEST = 1024;

// Separators, streams and wildcards of Windows, and controls. A name that means one thing here and another one there is
// refused everywhere, so that an app that is safe on one system is safe on all.
const FOREIGN = /[\p{Cc}\\:*?"<>|]/u;
// Windows drops dots and spaces at the end of a name, so that `.env.` would be `.env`.
const DROPPED = /[. ]$/;
// Windows opens a device by these names in any folder, whatever follows the first dot.
const DEVICE = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$|clock\$) *(?:\.|$)/i;

/**
 * Whether a path below a root names something that may be looked for: segments joined by `/`, perhaps with one more at its
 * end. The empty path is the root itself.
 */
export function isServable(path: string, hidden: Hidden): boolean {
  if (path === "") return true;
  if (path.length > LONGEST) return false;
  const end = path.endsWith("/") ? path.length - 1 : path.length;
  return path
    .slice(0, end)
    .split("/")
    .every((segment) => isSegment(segment, hidden));
}

function isSegment(segment: string, hidden: Hidden): boolean {
  if (segment === "" || FOREIGN.test(segment) || DROPPED.test(segment) || DEVICE.test(segment)) return false;
  if (!segment.startsWith(".")) return true;
  return typeof hidden === "boolean" ? hidden : hidden.includes(segment);
}

/**
 * The path below the root that a request asks for, out of the last param of its route; the root itself for a route without
 * one. `undefined` where an encoded separator hides in a segment: a param does not tell it from a real one, the canonical path does.
 */
export function askedPath(params: Readonly<Record<string, unknown>>, path: string): string | undefined {
  let asked = "";
  for (const name in params) asked = String(params[name]);
  return path.endsWith(asked.replaceAll("%", "%25")) ? asked : undefined;
}
