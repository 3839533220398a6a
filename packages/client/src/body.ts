import type { RequestOptions } from "./options.ts";
import type { RawBody } from "./route-types.ts";
import { pairs } from "./target.ts";

export type Sendable = RawBody | string | undefined;

/** An object as JSON. What is sent in another way is loaded with the first of its kind. */
export async function encodeBody(value: unknown, send: RequestOptions["send"], headers: Headers): Promise<Sendable> {
  if (value === undefined) return undefined;
  const form = headers.get("content-type")?.includes("urlencoded");
  if (send !== "json" && (send !== undefined || form === true || !isPlain(value)))
    return (await import("./other-body.ts")).encodeOther(value, send, headers, pairs);
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  return JSON.stringify(value);
}

function isPlain(value: unknown): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value ?? "") === Object.prototype;
}
