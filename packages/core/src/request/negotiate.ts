export type AcceptHeader = string | null;

/** The best of `types` for an `Accept` header; the earlier one wins a tie (RFC 9110 §12.5.1). */
export function preferred(accept: AcceptHeader, types: readonly string[]): string | undefined {
  if (accept === null || accept === "") return types[0];
  const ranges = accept.split(",", 64).map(parseRange);
  let best: string | undefined;
  let bestQuality = 0;
  for (const type of types) {
    const quality = qualityOf(type, ranges);
    if (quality > bestQuality) [best, bestQuality] = [type, quality];
  }
  return best;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = "", ...parameters] = text.split(";");
  const weight = parameters.map((parameter) => parameter.trim()).find((parameter) => /^q=/i.test(parameter));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { type: type.trim().toLowerCase(), quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The most specific range that covers a type decides its quality. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const { type: bare } = parseRange(type);
  for (const wanted of [bare, `${bare.slice(0, bare.indexOf("/"))}/*`, "*/*"]) {
    const range = ranges.find((candidate) => candidate.type === wanted);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
