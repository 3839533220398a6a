import type { Schema } from "./schema.ts";

/** What `matched()` gives; the app that mounts its route puts the schema of the path's matchers in its place. */
export interface Matched extends Schema {
  readonly matched: true;
}

/**
 * A params schema that gives what the matchers of the path gave, such as a number for `[id=int]`. The type says what the
 * file router wrote down for the file.
 *
 * @example
 * import type { Params } from "./$types/[id=int].js";
 * export const GET = route({ params: matched<Params>() }, ({ params }) => params.id + 1);
 */
export function matched<Params>(): Schema<Params, Params> {
  const schema: Matched = {
    matched: true,
    "~standard": { version: 1, vendor: "openspeed", validate: (value) => ({ value }) },
  };
  return schema as Schema as Schema<Params, Params>;
}
