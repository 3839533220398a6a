import type { Incoming, Outcome } from "../boundary.ts";
import { applyConditions } from "./conditional.ts";
import { discard } from "./stream.ts";

/** What HTTP makes of a finished answer: preconditions are judged, and `HEAD` gets no content. */
export function finish(incoming: Incoming, outcome: Outcome): Outcome {
  const final = applyConditions(incoming, outcome);
  return incoming.method === "HEAD" ? withoutBody(final) : final;
}

/** What GET would send, without the content (RFC 9110 §9.3.2). */
function withoutBody(outcome: Outcome): Outcome {
  const { status, headers, body } = outcome;
  if (body === null) return outcome;
  const size =
    typeof body === "string"
      ? new TextEncoder().encode(body).byteLength
      : body instanceof Uint8Array
        ? body.byteLength
        : undefined;
  discard(outcome);
  return { status, headers: size === undefined ? headers : [...headers, "content-length", String(size)], body: null };
}
