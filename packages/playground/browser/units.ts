/** `0.12 ms`, `48 ms`, `1.42 s`. */
export function milliseconds(amount: number): string {
  if (amount >= 1000) return `${(amount / 1000).toFixed(2)} s`;
  return `${amount >= 100 ? amount.toFixed(0) : amount >= 10 ? amount.toFixed(1) : amount.toFixed(2)} ms`;
}

/** `812 B`, `1.4 kB`. */
export function byteCount(amount: number): string {
  if (amount < 1000) return `${amount} B`;
  return amount < 1e6 ? `${(amount / 1e3).toFixed(1)} kB` : `${(amount / 1e6).toFixed(1)} MB`;
}

/** `14:03:27` */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}
