import { type Declared, type Middleware, middleware, problem, type Problem } from "@openspeed/core";

/**
 * Refuses forms that another site sent: what the browser says of itself counts (Fetch Metadata, W3C), else `Origin` held
 * against `Host`. Who sends neither is no browser, so it carries nobody's cookies unasked.
 */
export const sameOrigin: Middleware<Declared<{ readonly crossSite: Problem<403, undefined> }, []>> =
  /* @__PURE__ */ middleware(
    "sameOrigin",
    { problems: { crossSite: problem(403, "This form was sent from another site") } },
    ({ header, fail }, next) => {
      const site = header("sec-fetch-site");
      if (site !== null) return site === "same-origin" || site === "none" ? next() : fail.crossSite();
      const origin = header("origin");
      if (origin === null) return next();
      return URL.canParse(origin) && new URL(origin).host === header("host")?.toLowerCase() ? next() : fail.crossSite();
    },
  );
