import type { Outcome, OutcomeBody } from "../boundary.ts";
import { isAbandoned } from "./abandoned.ts";
import type { RequestContext } from "./context.ts";
import { whenEnded } from "./ended.ts";
import { isStreamed } from "./stream.ts";

/**
 * The same outcome, whose body tells of what it fails with. The client finds a broken connection, which is all that can be said
 * when the head is out; that it left by itself is no error.
 */
export function watch(ctx: RequestContext, outcome: Outcome, limit: number): Outcome {
  const { status, headers, body } = outcome;
  if (!isStreamed(body)) return outcome;
  const watched: OutcomeBody = whenEnded(
    body,
    ({ error, left }) => {
      if (error !== undefined && !left && !isAbandoned(ctx, error)) ctx.report(error);
    },
    limit,
  );
  return { status, headers, body: watched };
}
