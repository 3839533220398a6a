import type { Outcome } from "../boundary.ts";
import { kernelError, problemOutcome } from "../problem.ts";
import { discard } from "./stream.ts";

/** A status or header that cannot be sent is the app's fault, as it is on Node: 500, and nothing of it leaves. */
export function refuse(outcome: Outcome, error: unknown): Outcome {
  discard(outcome);
  console.error(`OS_INVALID_RESPONSE: a response with status ${outcome.status} cannot be sent:`, error);
  return problemOutcome(kernelError("internal"));
}
