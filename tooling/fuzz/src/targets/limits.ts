import { ok, strictEqual } from "node:assert/strict";
import { parseDuration, parseSize } from "@openspeed/core";
import { latin1, type Target } from "../target.ts";

const SIZES = { B: 1n, KB: 1000n, KiB: 1024n, MB: 1000n ** 2n, MiB: 1024n ** 2n, GB: 1000n ** 3n, GiB: 1024n ** 3n };
const DURATIONS = { ms: 1n, s: 1000n, m: 60_000n, h: 3_600_000n, d: 86_400_000n };

export const limits: Target<{ readonly parseSize: typeof parseSize; readonly parseDuration: typeof parseDuration }> = {
  name: "limits",
  about: "a size or duration is what exact arithmetic makes of it, positive and finite, or none",
  sources: ["packages/core/src/limits.ts"],
  words: [...Object.keys(SIZES), ...Object.keys(DURATIONS), ".", "0.", "1", "1e3", "-", " ", "Infinity", "constructor"],
  separators: ["."],
  longest: 64,
  subject: { parseSize, parseDuration },
  check({ parseSize, parseDuration }, input) {
    const text = latin1(input);
    close(parseSize(text), exact(text, SIZES));
    const duration = exact(text, DURATIONS);
    close(parseDuration(text), duration !== undefined && duration < 2n ** 31n ? duration : undefined);
  },
};

/** In whole numbers: `1.5KiB` is 15 × 1024 / 10. */
function exact(text: string, units: Readonly<Record<string, bigint>>): bigint | undefined {
  const [, whole = "", fraction = "", unit = ""] = /^(\d+)(?:\.(\d+))?([A-Za-z]+)$/.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (factor === undefined) return undefined;
  const amount = (BigInt(whole + fraction) * factor) / 10n ** BigInt(fraction.length);
  return amount > 0n ? amount : undefined;
}

/** A double may be one off at the edge of a unit, and has 53 bits. */
function close(amount: number | undefined, expected: bigint | undefined): void {
  if (amount === undefined || expected === undefined) {
    strictEqual(amount === undefined || amount <= 1, expected === undefined || expected <= 1n);
    return;
  }
  ok(Number.isInteger(amount) && amount > 0);
  const difference = BigInt(amount) - expected;
  ok((difference < 0n ? -difference : difference) <= 1n + expected / 2n ** 52n, `${amount} for ${expected}`);
}
