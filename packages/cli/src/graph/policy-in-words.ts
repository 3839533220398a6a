import type { Policy } from "@openspeed/core";

/** A policy as a person reads it: its kind, and its details if it has any. */
export function policyInWords({ kind, ...details }: Policy): string {
  const rest = Object.values(details).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return rest.length === 0 ? kind : `${kind}(${rest.join(", ")})`;
}
