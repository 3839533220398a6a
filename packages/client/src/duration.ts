/** Milliseconds: a number, or as people write them (`"500ms"`, `"5s"`, `"1m"`). */
export type Duration = number | `${number}${"ms" | "s" | "m" | "h"}`;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5 };

/** @throws TypeError for what is no positive time that a timer can hold */
export function milliseconds(value: Duration): number {
  const [, amount = value, unit = "ms"] = /^([\d.]+)([a-z]+)$/.exec(`${value}`) ?? [];
  const time = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (time > 0 && time < 2 ** 31) return time;
  throw new TypeError(`"${value}" is no time. Write "500ms", "5s" or "1m".`);
}

/** Waits, until the signal is aborted at most. */
export function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, time);
    signal.addEventListener("abort", done);
  });
}
