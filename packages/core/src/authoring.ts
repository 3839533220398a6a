// For packages that make body kinds and projections. An entry of its own, so that an app that needs neither does not carry it.
export { routeFinder } from "./compile/find-route.ts";
export { textReader } from "./request/textual.ts";
export { inlineSchemaOf, jsonSchemaOf } from "./schema.ts";
