import { listOf, wrongOption } from "./wrong-option.ts";

/**
 * An origin as browsers write it (`"https://app.example"`, `"http://localhost:5173"`), `"null"`, or a pattern whose star is one
 * label of a host (`"https://*.example.com"`).
 */
export type Origin = "null" | `${string}://${string}`;

/**
 * Tells whether an `Origin` header is one of these. Compared as text, scheme, host and port together: browsers write an origin
 * in one way only (RFC 6454 §6.2), so whatever is written in another way is no browser's, and is refused.
 *
 * @throws TypeError `OS_ORIGIN_INVALID` for what no browser would ever send
 */
export function originMatcher(origins: readonly string[], where: string): (origin: string) => boolean {
  listOf(origins, "OS_ORIGIN_INVALID", where, '["https://app.example"]');
  if (origins.length === 0) throw invalid(where, "an empty list", `Name an origin, or leave it out.`);
  const exact = new Set<string>();
  const patterns: Pattern[] = [];
  for (const origin of origins) {
    if (origin.includes("*")) patterns.push(parsePattern(origin, where));
    else exact.add(checkOrigin(origin, where));
  }
  return (origin) => exact.has(origin) || patterns.some((pattern) => fits(pattern, origin));
}

interface Pattern {
  readonly before: string;
  readonly after: string;
}

/** One label of a host name (RFC 1035 §2.3.1, and the underscores that are there): no dot, port or userinfo fits into it. */
const LABEL = /^[\da-z_](?:[\da-z_-]{0,61}[\da-z_])?$/;

function fits({ before, after }: Pattern, origin: string): boolean {
  return (
    origin.startsWith(before) &&
    origin.endsWith(after) &&
    LABEL.test(origin.slice(before.length, origin.length - after.length))
  );
}

const WEB = /^(?:https?|wss?):/;
/** Apps in a shell and browsers' extensions: `capacitor://localhost`, `chrome-extension://abc`. */
const OTHER = /^[a-z][\d+.a-z-]*:\/\/[\d._a-z-]+(?::\d{1,5})?$/;

function checkOrigin(origin: string, where: string): string {
  if (origin === "null") return origin;
  const url = WEB.test(origin) ? URL.parse(origin) : null;
  if (url === null ? OTHER.test(origin) && !WEB.test(origin) : url.origin === origin) return origin;
  throw invalid(
    where,
    JSON.stringify(origin),
    url === null ? `Write it like "https://app.example".` : `Write ${JSON.stringify(url.origin)}.`,
  );
}

function parsePattern(pattern: string, where: string): Pattern {
  const [before = "", after = "", more] = pattern.split("*");
  const host = /^\.([^:]+)(?::\d+)?$/.exec(after)?.[1] ?? "";
  const url = URL.parse(`${before}a${after}`);
  const sound = more === undefined && /^(?:https?|wss?):\/\/$/.test(before) && url?.origin === `${before}a${after}`;
  if (sound && (host === "localhost" || host.includes("."))) return { before, after };
  throw invalid(
    where,
    JSON.stringify(pattern),
    `A star is the first label of a host and stands for one, as in "https://*.example.com".`,
  );
}

function invalid(where: string, what: string, mend: string): TypeError {
  return wrongOption("OS_ORIGIN_INVALID", `${where}: ${what} is no origin.`, mend);
}
