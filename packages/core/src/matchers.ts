/** Matchers for params of paths, each a Standard Schema that takes the text of one param. */
import type { JsonSchema, Schema } from "./schema.ts";

/** A schema that also says itself as JSON Schema, so that the graph and the spec tell the param's type. */
export interface Matcher<Out> extends Schema<string, Out> {
  readonly "~standard": Schema<string, Out>["~standard"] & {
    readonly jsonSchema: { readonly input: () => JsonSchema; readonly output: () => JsonSchema };
  };
}

/** What a matcher gives: a built-in one, or one of your own in `matchers/`. */
export type Matched<S extends Schema> = NonNullable<S["~standard"]["types"]>["output"];

/** A whole number that JavaScript holds exactly, written the one usual way: `42`, `-7`; not `007`, `+1`, `1e3`. */
export const int: Matcher<number> = matcher("a whole number", { type: "integer" }, (text) =>
  /^(?:0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined,
);

/** A decimal number: `42`, `-0.5`. */
export const number: Matcher<number> = matcher("a number", { type: "number" }, (text) =>
  /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d+)$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined,
);

/** `true` or `false`. */
export const bool: Matcher<boolean> = matcher("true or false", { type: "boolean" }, (text) =>
  text === "true" || text === "false" ? text === "true" : undefined,
);

/** A UUID of any version (RFC 9562 §4), in either case. */
export const uuid: Matcher<string> = matcher("a UUID", { type: "string", format: "uuid" }, (text) =>
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text) ? text : undefined,
);

const SLUG = "^[a-z0-9]+(?:-[a-z0-9]+)*$";
const SLUG_PATTERN = new RegExp(SLUG);

/** Small letters and digits, with single hyphens between them: `hello-world-2`. */
export const slug: Matcher<string> = matcher("a slug", { type: "string", pattern: SLUG }, (text) =>
  SLUG_PATTERN.test(text) ? text : undefined,
);

/** A day of the calendar as RFC 3339 §5.6 writes a full-date: `2026-02-28`. It stays text: a day is no instant. */
export const date: Matcher<string> = matcher("a date like 2026-02-28", { type: "string", format: "date" }, (text) =>
  isDate(text) ? text : undefined,
);

function isDate(text: string): boolean {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === "") return false;
  // Setting the year apart keeps the years before 100 what they are.
  const time = new Date(0);
  time.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return time.getUTCMonth() + 1 === Number(month) && time.getUTCDate() === Number(day);
}

function matcher<Out>(what: string, schema: JsonSchema, read: (text: string) => Out | undefined): Matcher<Out> {
  const standard: Matcher<Out>["~standard"] = {
    version: 1,
    vendor: "openspeed",
    jsonSchema: { input: () => schema, output: () => schema },
    validate(given) {
      // What was decoded by the JSON Schema already comes as a number or boolean.
      const text = typeof given === "number" || typeof given === "boolean" ? String(given) : given;
      const value = typeof text === "string" ? read(text) : undefined;
      return value === undefined ? { issues: [{ message: `Not ${what}.` }] } : { value };
    },
  };
  return { "~standard": standard };
}
