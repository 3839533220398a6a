/** The names of the matchers in `@openspeed/core/matchers`: known to the planner without loading them. */
export const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ["bool", "boolean"],
  ["date", "string"],
  ["int", "number"],
  ["number", "number"],
  ["slug", "string"],
  ["uuid", "string"],
]);
