import { randomUUID } from "node:crypto";
import type { Incoming, Outcome } from "@openspeed/core";
import type { Servable } from "./serve.ts";

/** A problem document (RFC 9457) for what never reaches the kernel, in the kernel's shape. */
export function problemOutcome(status: number, name: string, title: string, instance?: string): Outcome {
  return {
    status,
    headers: ["content-type", "application/problem+json"],
    body: JSON.stringify({ type: "about:blank", title, status, name, instance }),
  };
}

export const malformed: Outcome = problemOutcome(400, "malformed", "Malformed request");
export const timedOut: Outcome = problemOutcome(408, "requestTimeout", "Request timeout");
export const expectationFailed: Outcome = problemOutcome(417, "expectationFailed", "Expectation failed");
export const headersTooLarge: Outcome = problemOutcome(431, "headersTooLarge", "Request header fields too large");

/** Tells of an error that the kernel does not see, and gives what its client is told: an id to find it by. */
export type Fault = (error: unknown, incoming: Pick<Incoming, "method" | "target">) => Outcome;

export function faultsOf(app: Pick<Servable, "report">): Fault {
  return (error, { method, target }) => {
    const instance = app.report?.(error, { method, path: target }) ?? warned(error);
    return problemOutcome(500, "internal", "Internal server error", instance);
  };
}

/** Where nobody listens, the process says it. */
function warned(error: unknown): string {
  const id = `urn:uuid:${randomUUID()}`;
  process.emitWarning(`${id}: ${error instanceof Error ? error.message : "what was thrown is no error"}`, {
    code: "OS_INVALID_RESPONSE",
  });
  return id;
}
