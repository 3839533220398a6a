import { kernelError } from "../problem.ts";

/**
 * Parses a JSON body.
 *
 * @throws the kernel problem `malformed` for bad JSON, nesting deeper than `depth`, and keys that would reach a prototype
 */
export function readJson(text: string, depth: number): unknown {
  // Each level costs two characters at least, so short texts cannot be too deep.
  if (text.length > 2 * depth && nesting(text) > depth)
    throw kernelError("malformed", `The JSON is nested deeper than ${depth} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw kernelError("malformed", error instanceof Error ? `The body is no JSON: ${error.message}` : undefined);
  }
  // An escape can hide the letters, so a backslash is reason enough to look at the keys themselves.
  if (text.includes("__proto__") || text.includes("constructor") || text.includes("\\u")) refusePoison(value);
  return value;
}

function nesting(text: string): number {
  let level = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) i = endOfString(text, i);
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++level);
    else if (code === 125 || code === 93) level--;
  }
  return deepest;
}

/** The closing quote's index: the next quote with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i;
  }
  return text.length;
}

function refusePoison(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) return value.forEach(refusePoison);
  for (const [key, inner] of Object.entries(value)) {
    const poisonous =
      key === "__proto__" ||
      (key === "constructor" && typeof inner === "object" && inner !== null && Object.hasOwn(inner, "prototype"));
    if (poisonous) throw kernelError("malformed", `The key ${JSON.stringify(key)} is not accepted.`);
    refusePoison(inner);
  }
}
