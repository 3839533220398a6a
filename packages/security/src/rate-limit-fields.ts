import { headerOf, type Outcome, withHeaders } from "@openspeed/core";
import type { Place, Window } from "./store.ts";

/** A limit as clients see it. */
export interface QuotaPolicy extends Window {
  readonly name: string;
}

/**
 * `RateLimit-Policy` and `RateLimit` of one limit (draft-ietf-httpapi-ratelimit-headers-11 §3, §4): items of structured
 * lists (RFC 9651) that name the limit. A window that is no whole number of seconds has no `w`.
 */
export function fieldsOf({ name, limit, length }: QuotaPolicy, { used, frees }: Place): Record<string, string> {
  const item = `"${name.replace(/["\\]/g, "\\$&")}"`;
  const window = length % 1000 === 0 ? `;w=${length / 1000}` : "";
  return {
    "ratelimit-policy": `${item};q=${limit}${window}`,
    ratelimit: `${item};r=${Math.max(limit - used, 0)};t=${seconds(frees)}`,
  };
}

/** Whole seconds, rounded up: who comes back then is not too early. */
export function seconds(milliseconds: number): number {
  return Math.max(Math.ceil(milliseconds / 1000), 0);
}

/** The same answer with the fields of a limit that stands outside of what it already tells. */
export function withFields(outcome: Outcome, fields: Readonly<Record<string, string>>): Outcome {
  const joined = Object.entries(fields).map(([name, value]) => {
    const inner = headerOf(outcome, name);
    return [name, inner === undefined ? value : `${value}, ${inner}`];
  });
  return withHeaders(outcome, Object.fromEntries(joined));
}
