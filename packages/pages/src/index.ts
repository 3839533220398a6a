export { pageClient, type PageClient } from "./client.ts";
export type { Csp } from "./csp.ts";
export { PageError } from "./fault.ts";
export { type FormProblem, type FormState, refuseForm } from "./form.ts";
export type { Attributes, Head, HeadScript } from "./head.ts";
export { markIsland } from "./island.ts";
export type { PagePlace, StandIn } from "./load.ts";
export {
  type Children,
  type ErrorProps,
  errorView,
  layout,
  type Layout,
  type LayoutOptions,
  type LayoutProps,
  loadingView,
  notFoundView,
  page,
  type Page,
  type PageOptions,
  type PageProblem,
  type PageProps,
  type Stand,
} from "./page.ts";
export { type NotFoundPlace, type Pages, pagesWith } from "./pages.ts";
export { redirect, type RedirectStatus } from "./redirect.ts";
export type { Component, Renderer, RenderOptions } from "./renderer.ts";
export type { PageGet, PagePost } from "./types.ts";
