import type { App } from "../app.ts";
import type { Incoming, Outcome } from "../boundary.ts";
import { internalError } from "../problem.ts";
import { discard } from "./stream.ts";

/** A status or header that cannot be sent is the app's fault, as it is on Node: 500 with an id, and nothing of it leaves. */
export function refuse(
  app: Pick<App, "report">,
  { method, target }: Incoming,
  outcome: Outcome,
  cause: unknown,
): Outcome {
  discard(outcome);
  const error = new Error(`OS_INVALID_RESPONSE: a response with status ${outcome.status} cannot be sent.`, { cause });
  return internalError(app.report(error, { method, path: target })).outcome;
}
