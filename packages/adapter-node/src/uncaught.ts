import type { Servable } from "./serve.ts";
import type { Shutdown } from "./shutdown.ts";
import { exitAfter } from "./signals.ts";

/** Clients are answered and go; idle connections are not waited for as long as usual. */
const QUIET_MS = 100;

/**
 * An error that nobody caught, or a rejection that nobody handled, may have left anything half done, so the process must not go
 * on (Node's own words on `uncaughtException`). But the requests under way are most likely innocent: they are answered, nothing
 * new is accepted, and the process ends with 1, to be started again by whoever watches it.
 */
export function closeOnUncaught(app: Pick<Servable, "report">, shutdown: Pick<Shutdown, "close">): void {
  let ending = false;
  process.on("uncaughtException", (error, origin) => {
    if (app.report === undefined) console.error(error);
    else app.report(error, { route: origin });
    if (ending) return;
    ending = true;
    exitAfter(shutdown.close(QUIET_MS), 1);
  });
}
