import { type Declared, type Middleware, middleware, type Problem } from "@openspeed/core";
import { crossSite, siteOf } from "@openspeed/core/authoring";

/** Refuses forms that another site sent. */
export const sameOrigin: Middleware<Declared<{ readonly crossSite: Problem<403, undefined> }, []>> =
  /* @__PURE__ */ middleware("sameOrigin", { problems: { crossSite } }, ({ incoming, fail }, next) => {
    const site = siteOf(incoming);
    return site === "same-origin" || site === "none" ? next() : fail.crossSite();
  });
