const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** How often a process looks whether the one that started it is still there. */
const LOOK_MS = 500;

/** Settles at the first signal to end, or when the process that started this one for another runtime has died. A second signal does not wait. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const tell = (): void => {
      if (told) process.exit(1);
      told = true;
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, tell);
    const parent = process.env["OPENSPEED_DEV_PARENT"];
    if (parent === undefined) return;
    const look = setInterval(() => {
      if (process.ppid === Number(parent)) return;
      clearInterval(look);
      tell();
    }, LOOK_MS);
    look.unref();
  });
}
