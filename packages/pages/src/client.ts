import { type Declared, provide, type Provider } from "@openspeed/core";
import type { Csp } from "./csp.ts";

/** What the browser gets beside HTML: known to whoever builds the app's assets. */
export interface PageClient {
  /** The module that hydrates islands: added to pages that rendered one. */
  readonly entry?: string;
  /** More module scripts, for every page: a development client. */
  readonly scripts?: readonly string[];
  /** Added to the policy of every page. */
  readonly csp?: Csp;
}

/**
 * Asked for by every page; without a client, pages are HTML alone.
 *
 * @example
 * app.override([pageClient.with({ entry: "/assets/client-a1b2c3.js" })]);
 */
export const pageClient: Provider<"pageClient", PageClient, Declared<{}, []>> = /* @__PURE__ */ provide(
  "pageClient",
  { scope: "app" },
  (): PageClient => ({}),
);
