/** The matcher once more, as plainly as can be: what tests and the fuzzer hold the tree against. */
import type { Accepts } from "../../src/compile/matcher.ts";
import { decodeParam } from "../../src/request/path.ts";

export interface Tried {
  readonly value: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Every pattern is tried, and the best of those that match wins. */
export function tryAll(
  patterns: readonly string[],
  path: string,
  accepts: (pattern: string) => Accepts = () => () => true,
): Tried | undefined {
  let best: { pattern: string; ranks: string; params: Record<string, string> } | undefined;
  for (const pattern of patterns) {
    const params = paramsOf(pattern, path);
    const ranks = pattern
      .split("/")
      .map((segment) => (segment.startsWith("*") ? 2 : segment.startsWith(":") ? 1 : 0))
      .join("");
    if (params !== undefined && accepts(pattern)(params) && (best === undefined || ranks < best.ranks))
      best = { pattern, ranks, params };
  }
  return best && { value: best.pattern, params: best.params };
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  const segments = path.split("/");
  const wanted = pattern.split("/");
  for (const [i, want] of wanted.entries()) {
    const segment = segments[i];
    if (want.startsWith("*")) {
      const rest = segments.slice(i).join("/");
      if (rest === "") return undefined;
      params[want.slice(1)] = decodeParam(rest);
      return params;
    }
    if (segment === undefined) return undefined;
    if (want.startsWith(":")) {
      if (segment === "") return undefined;
      params[want.slice(1)] = decodeParam(segment);
    } else if (segment !== want) return undefined;
  }
  return segments.length === wanted.length ? params : undefined;
}
