// For packages that make body kinds, files, middleware and projections. An entry of its own, so that an app that needs none of
// it does not carry it.
export { isPromise } from "./boundary.ts";
export { routeFinder } from "./compile/find-route.ts";
export { applyConditions } from "./request/conditional.ts";
export { whenEnded } from "./request/ended.ts";
export { holdBody } from "./request/held.ts";
export { crossSite, type Site, siteOf } from "./request/site.ts";
export { isStreamed } from "./request/stream.ts";
export { textReader } from "./request/textual.ts";
export { inlineSchemaOf, jsonSchemaOf } from "./schema.ts";
