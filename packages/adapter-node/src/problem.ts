import type { Outcome } from "@openspeed/core";

/** A problem document (RFC 9457) for what never reaches the kernel, in the kernel's shape. */
export function problemOutcome(status: number, name: string, title: string): Outcome {
  return {
    status,
    headers: ["content-type", "application/problem+json"],
    body: JSON.stringify({ type: "about:blank", title, status, name }),
  };
}

export const malformed: Outcome = problemOutcome(400, "malformed", "Malformed request");
export const timedOut: Outcome = problemOutcome(408, "requestTimeout", "Request timeout");
export const headersTooLarge: Outcome = problemOutcome(431, "headersTooLarge", "Request header fields too large");
export const internal: Outcome = problemOutcome(500, "internal", "Internal server error");
