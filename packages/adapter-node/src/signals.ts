import type { Shutdown } from "./shutdown.ts";

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** Shuts down at the first signal and ends the process then; a second signal does not wait. */
export function closeOnSignals(shutdown: Pick<Shutdown, "close" | "force">): void {
  let asked = false;
  const onSignal = (): void => {
    if (asked) {
      shutdown.force();
      process.exit(1);
    }
    asked = true;
    shutdown.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
}
