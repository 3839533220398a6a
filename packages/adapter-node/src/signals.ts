import type { Shutdown } from "./shutdown.ts";

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** Who presses Ctrl-C wants the prompt back, and is the only client that could still send something. */
export const SIGINT_QUIET_MS = 100;

/** Shuts down at the first signal and ends the process then; a second signal does not wait. */
export function closeOnSignals(shutdown: Pick<Shutdown, "close" | "force">): void {
  let asked = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked) {
      shutdown.force();
      process.exit(1);
    }
    asked = true;
    exitAfter(shutdown.close(signal === "SIGINT" ? SIGINT_QUIET_MS : undefined));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

/** Ends the process when a server has closed; with 1 if that failed. */
export function exitAfter(closing: Promise<void>, code = 0): void {
  closing.then(
    () => process.exit(code),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
