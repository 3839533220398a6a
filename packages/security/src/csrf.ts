import { type Declared, type Middleware, middleware, type Problem } from "@openspeed/core";
import { crossSite, siteOf } from "@openspeed/core/authoring";
import { type Origin, originMatcher } from "./origins.ts";
import { wrongOption } from "./wrong-option.ts";

export interface CsrfOptions {
  /** Other origins whose pages may change something here, as in `cors`, but never `"null"`. Default: none. */
  readonly origins?: readonly Origin[];
  /** Whether other hosts and ports of the app's own site may: all of `*.example.com` for `app.example.com`. Default `false`. */
  readonly sameSite?: boolean;
}

/**
 * Refuses what another site makes a browser send (CSRF), with the problem `crossSite` (403): on `GET`, `HEAD` and `OPTIONS` it
 * does nothing, so these must change nothing; everything else must come from the app's own origin, or from no browser. It needs no
 * token: what browsers say of themselves decides, as OWASP's cheat sheet and Go's `CrossOriginProtection` have it. The type of
 * the body does not matter.
 *
 * @throws TypeError `OS_ORIGIN_INVALID` for an origin that no browser would send
 * @example
 * createApp({ use: [csrf({ origins: ["https://sso.example.com"] })] });
 */
export function csrf(
  options: CsrfOptions = {},
): Middleware<Declared<{ readonly crossSite: Problem<403, undefined> }, []>> {
  const { origins, sameSite = false } = options;
  const trusted = origins === undefined ? () => false : originMatcher(origins, "csrf({ origins })");
  if (trusted("null"))
    throw wrongOption(
      "OS_ORIGIN_INVALID",
      'csrf({ origins }): "null" is the origin of any page that hides its own in a frame.',
      "Leave it out.",
    );
  const guard = middleware("csrf", { problems: { crossSite } }, ({ incoming, method, fail }, next) => {
    if (SAFE.has(method)) return next();
    const site = siteOf(incoming);
    if (site === "same-origin" || site === "none" || (sameSite && site === "same-site")) return next();
    return trusted(incoming.header("origin") ?? "") ? next() : fail.crossSite();
  });
  return { ...guard, slot: "csrf", covers: (method) => !SAFE.has(method) };
}

/** Methods that change nothing (RFC 9110 §9.2.1), so that any page may send them. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
