import type { Schema } from "./schema.ts";

/** Stands for the schema of the path's own matchers, which a route learns when it is mounted. */
const MATCHED: Schema & { readonly matched: true } = {
  matched: true,
  "~standard": { version: 1, vendor: "openspeed", validate: (value) => ({ value }) },
};

/**
 * A params schema that gives what the matchers of the path gave, such as a number for `[id=int]`. The type says what the
 * file router wrote down for the file.
 *
 * @example
 * import type { Params } from "./$types/[id=int].js";
 * export const GET = route({ params: matched<Params>() }, ({ params }) => params.id + 1);
 */
export function matched<Params>(): Schema<Params, Params> {
  return MATCHED as Schema as Schema<Params, Params>;
}

export function isMatched(schema: Schema | undefined): boolean {
  return schema === MATCHED;
}
