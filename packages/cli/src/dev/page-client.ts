import type { Binding } from "@openspeed/core";
import type { pageClient } from "@openspeed/pages";
import { DEV_BASE } from "./base.ts";
import { ISLANDS_ENTRY } from "../vite/islands.ts";
import { PAGES_MODULE } from "../vite/one-copy.ts";

interface Pages {
  readonly pageClient: typeof pageClient;
}

/**
 * Gives pages the development client. The project's own copy of `@openspeed/pages` is asked, because a provider is known
 * by its identity; an app without pages has none.
 */
export async function developmentClient(
  load: (id: string) => Promise<Record<string, unknown>>,
  version: number,
): Promise<readonly Binding[]> {
  const pages = await load(PAGES_MODULE).then(asPages, () => undefined);
  if (pages === undefined) return [];
  const client = {
    entry: `${DEV_BASE}@id/${ISLANDS_ENTRY}`,
    scripts: [`${DEV_BASE}client.js?v=${version}`],
    // Vite puts the styles that islands import into the page by script.
    csp: { "style-src-elem": ["'self'", "'unsafe-inline'"], "connect-src": ["'self'"] },
  };
  return [pages.pageClient.with(client)];
}

function asPages(module: Record<string, unknown>): Pages | undefined {
  return isPages(module) ? module : undefined;
}

function isPages(module: object): module is Pages {
  return "pageClient" in module;
}
