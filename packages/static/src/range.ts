/** One part of a representation: from its first byte to its last one, both included. */
export interface Part {
  readonly first: number;
  readonly last: number;
}

/**
 * The part that a `Range` header asks for (RFC 9110 §14.1.2): `"whole"` where it is to be ignored, because it is malformed, of
 * another unit, or asks for several parts; `"unsatisfiable"` where it begins behind the end.
 *
 * Several parts in one answer are of no use to browsers, and a list of overlapping ones asks for many times the file: a
 * server may ignore them (§14.2), and this one does.
 */
export function partOf(range: string, size: number): Part | "whole" | "unsatisfiable" {
  const [, from = "", to = ""] = /^bytes=[\t ]*(\d*)-(\d*)[\t ]*$/i.exec(range) ?? [];
  if (from === "") {
    if (to === "") return "whole";
    const length = Number(to);
    if (length === 0) return "unsatisfiable";
    // An empty file has no byte that `Content-Range` could name.
    return size === 0 ? "whole" : { first: Math.max(0, size - length), last: size - 1 };
  }
  const first = Number(from);
  const last = to === "" ? Number.POSITIVE_INFINITY : Number(to);
  if (last < first) return "whole";
  return first >= size ? "unsatisfiable" : { first, last: Math.min(last, size - 1) };
}
