import type { Incoming } from "../boundary.ts";
import { problem, type Problem } from "../problem.ts";

/** Where a request was sent from: Fetch Metadata's words. `none`: the address bar, a bookmark, or no browser at all. */
export type Site = "same-origin" | "same-site" | "cross-site" | "none";

/** What is answered to a request that another site made a browser send. One for all guards, so that two of them agree. */
export const crossSite: Problem<403, undefined> = /* @__PURE__ */ problem(
  403,
  "This request was sent from another site",
);

/**
 * Where a request was sent from. What the browser says of itself counts (`Sec-Fetch-Site`, W3C Fetch Metadata §2.4), which no
 * page can change and browsers since 2023 send; of an older one, `Origin` held against the app's own. Who sends neither is no
 * browser, so it carries nobody's cookies unasked. `Referer` is not asked: a page can leave it out of what it forges.
 */
export function siteOf(incoming: Pick<Incoming, "header" | "peer" | "request">): Site {
  const site = incoming.header("sec-fetch-site");
  if (site !== null) return isSite(site) ? site : "cross-site";
  const origin = incoming.header("origin");
  if (origin === null) return "none";
  return isOwnOrigin(incoming, origin) ? "same-origin" : "cross-site";
}

function isSite(text: string): text is Site {
  return text === "same-origin" || text === "same-site" || text === "cross-site" || text === "none";
}

/**
 * Browsers write an origin and `Host` alike (RFC 6454 §6.2): lower case, no default port. Where the connection is not encrypted,
 * a proxy in front may have taken the encryption off, so both schemes count.
 */
function isOwnOrigin(incoming: Pick<Incoming, "header" | "peer" | "request">, origin: string): boolean {
  const host = (incoming.header("host") ?? new URL(incoming.request().url).host).toLowerCase();
  return origin === `https://${host}` || (origin === `http://${host}` && incoming.peer?.encrypted !== true);
}
