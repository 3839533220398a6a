/** Who answers a request, by the table alone: read row by row, as slowly as it can be. */
import type { ScannedRoute } from "../src/generate.ts";
import type { Asked } from "./trees.ts";

export interface Answer {
  readonly row: ScannedRoute;
  readonly params: Readonly<Record<string, string>>;
}

export type Expected = Answer | 204 | 404 | 405;

/** What the matchers that trees ask for accept. */
export const ACCEPTS: { readonly [matcher: string]: (text: string) => boolean } = {
  "": () => true,
  int: (text) => /^(?:0|-?[1-9]\d*)$/.test(text),
  slug: (text) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text),
};

export function answerOf(rows: readonly ScannedRoute[], { method, path }: Asked): Expected {
  const best = (of: string): Answer | undefined => bestOf(rows, of, path);
  const own = best(method);
  if (own !== undefined) return own;
  const allowed = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].some(
    (other) => best(other) !== undefined,
  );
  if (allowed) return method === "OPTIONS" ? 204 : 405;
  return best("404") ?? 404;
}

interface Candidate extends Answer {
  /** Segment by segment: text before params, params before rests. */
  readonly ranks: string;
  /** `HEAD` itself goes before a `GET` that would serve it. */
  readonly borrowed: number;
  readonly matchers: number;
}

function bestOf(rows: readonly ScannedRoute[], method: string, path: string): Answer | undefined {
  const candidates = rows.flatMap((row) => {
    const borrowed = method === "HEAD" && row.method === "GET" ? 1 : 0;
    return row.method === method || borrowed === 1
      ? variantsOf(row).flatMap((it) => taken(row, it, path, borrowed))
      : [];
  });
  // Stable: of two that are equal the first of the table goes first.
  candidates.sort(
    (a, b) =>
      (a.ranks < b.ranks ? -1 : a.ranks > b.ranks ? 1 : 0) || a.borrowed - b.borrowed || b.matchers - a.matchers,
  );
  return candidates[0];
}

function variantsOf({ path }: ScannedRoute): readonly string[][] {
  let variants: string[][] = [[]];
  for (const segment of path === "/" ? [] : path.slice(1).split("/")) {
    variants = segment.endsWith("?")
      ? variants.flatMap((before) => [[...before, segment.slice(0, -1)], before])
      : variants.map((before) => [...before, segment]);
  }
  return variants.map((variant) => (variant.length === 0 ? [""] : variant));
}

function taken(row: ScannedRoute, segments: readonly string[], path: string, borrowed: number): Candidate[] {
  const texts = path.slice(1).split("/");
  const params: Record<string, string> = {};
  let ranks = "";
  for (const [at, segment] of segments.entries()) {
    const text = texts[at];
    if (text === undefined) return [];
    if (segment.startsWith("*")) {
      const rest = texts.slice(at).join("/");
      if (rest === "") return [];
      params[segment.slice(1)] = decodeURIComponent(rest);
      ranks += "2";
      texts.length = segments.length;
    } else if (segment.startsWith(":")) {
      if (text === "") return [];
      params[segment.slice(1)] = decodeURIComponent(text);
      ranks += "1";
    } else {
      if (decodeURIComponent(segment) !== decodeURIComponent(text)) return [];
      ranks += "0";
    }
  }
  if (texts.length !== segments.length) return [];
  const refused = Object.entries(params).some(([name, text]) => !ACCEPTS[row.params[name] ?? ""]?.(text));
  const matchers = Object.values(row.params).filter((matcher) => matcher !== "").length;
  return refused ? [] : [{ row, params, ranks, borrowed, matchers }];
}
