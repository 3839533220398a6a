// Questions to a graph. An entry of its own, so that an app that asks none does not carry it.
export { findRoutes, type RouteQuery } from "./compile/find-routes.ts";
