/** Content codings that a file may lie beside itself in (RFC 9110 §8.4.1, RFC 8878), and how its name then ends. */
const SUFFIXES = { br: ".br", zstd: ".zst", gzip: ".gz" } as const;

export type Coding = keyof typeof SUFFIXES;

export const codings: readonly Coding[] = ["br", "zstd", "gzip"];

/** The name of a file in a coding: `app.js` → `app.js.br`. */
export function codedName(name: string, coding: Coding): string {
  return name + SUFFIXES[coding];
}

/** More than any client has reason to list. */
const MOST = 32;

/**
 * What an `Accept-Encoding` header accepts of `offered`, best first, the file as it is among them as `"identity"` (RFC 9110 §12.5.3).
 * What is equally welcome comes in the order in which it is offered.
 */
export function acceptedCodings(header: string | null, offered: readonly Coding[]): readonly (Coding | "identity")[] {
  if (header === null) return ["identity"];
  const weights = new Map<string, number>();
  for (const item of header.split(",", MOST)) {
    const [, coding = "", weight = "1"] = /^\s*([^\s;]+)\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(item) ?? [];
    const quality = Number(weight);
    if (coding !== "") weights.set(coding.toLowerCase().replace(/^x-/, ""), quality >= 0 && quality <= 1 ? quality : 0);
  }
  const others = weights.get("*");
  const weightOf = (coding: string): number => weights.get(coding) ?? others ?? 0;
  // As it is, a file is acceptable to whoever does not refuse it, but to nobody who would rather have it coded.
  const identity = weights.get("identity") ?? (others === 0 ? 0 : Number.MIN_VALUE);
  return [...offered.map((coding) => [coding, weightOf(coding)] as const), ["identity", identity] as const]
    .filter(([, weight]) => weight > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([coding]) => coding);
}
