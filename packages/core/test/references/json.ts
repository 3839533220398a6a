/** What a parsed JSON body must not be, found by walking it: what tests and the fuzzer hold `readJson` against. */

export function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** Whether a key in it would reach a prototype when it is merged into an object. */
export function isPoisoned(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]: [string, unknown]) =>
      key === "__proto__" ||
      (key === "constructor" &&
        typeof inner === "object" &&
        inner !== null &&
        Object.keys(inner).includes("prototype")) ||
      isPoisoned(inner),
  );
}
