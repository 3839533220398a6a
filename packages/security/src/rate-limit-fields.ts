import type { Outcome } from "@openspeed/core";
import type { Place, Window } from "./store.ts";

/** A limit as clients see it. */
export interface QuotaPolicy extends Window {
  readonly name: string;
}

/**
 * `RateLimit-Policy` and `RateLimit` of one limit (draft-ietf-httpapi-ratelimit-headers-11 §3, §4), as names and values in turn: items
 * of structured lists (RFC 9651) that name the limit. A window that is no whole number of seconds has no `w`.
 */
export function fieldsOf({ name, limit, length }: QuotaPolicy, { used, frees }: Place): readonly string[] {
  const item = `"${name.replace(/["\\]/g, "\\$&")}"`;
  const window = length % 1000 === 0 ? `;w=${length / 1000}` : "";
  return [
    "ratelimit-policy",
    `${item};q=${limit}${window}`,
    "ratelimit",
    `${item};r=${Math.max(limit - used, 0)};t=${seconds(frees)}`,
  ];
}

/** Whole seconds, rounded up: who comes back then is not too early. */
export function seconds(milliseconds: number): number {
  return Math.max(Math.ceil(milliseconds / 1000), 0);
}

/** The same answer with the fields of a limit that stands outside of those that it already tells of. */
export function withFields({ status, headers, body }: Outcome, fields: readonly string[]): Outcome {
  const list = headers.slice();
  for (let i = 0; i < fields.length; i += 2) {
    const [name = "", value = ""] = [fields[i], fields[i + 1]];
    let at = 0;
    while (at < list.length && list[at] !== name) at += 2;
    if (at < list.length) list[at + 1] = `${value}, ${list[at + 1]}`;
    else list.push(name, value);
  }
  return { status, headers: list, body };
}
