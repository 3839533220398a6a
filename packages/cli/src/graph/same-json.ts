import { isDeepStrictEqual } from "node:util";

/** Whether two values are the same JSON: the order of an object's members says nothing. */
export function sameJson(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a ?? null, b ?? null);
}
