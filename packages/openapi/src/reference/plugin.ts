import { type Plugin, publicAccess, reply, route, type Use } from "@openspeed/core";
import { operation } from "../operation.ts";
import { isOpenApi } from "../plugin.ts";
import { referencePage } from "./page.ts";
import { type Bundle, readBundle } from "./bundle.ts";

export interface ReferenceOptions {
  /** Where the page is. Default `"/reference"`. */
  readonly path?: string;
  /** Where the document is that it shows. Default: the JSON that the app's `openapi()` plugin serves. */
  readonly document?: string;
  /** Of the page. Default: that of the `openapi()` plugin. */
  readonly title?: string;
  /** Who may read it. Default: anyone. */
  readonly use?: readonly Use[];
  /** Settings for Scalar, as JSON; those that would ask another machine have no effect, since the page's policy forbids it. */
  readonly scalar?: Readonly<Record<string, unknown>>;
  /** Scalar's browser bundle. Default: that of the installed `@scalar/api-reference`. */
  readonly bundle?: URL;
}

const FOREVER = "public, max-age=31536000, immutable";

/**
 * Serves a reference of the app's API to read and to try, made by Scalar (`@scalar/api-reference`, installed beside this
 * package). Everything comes from this app: no fonts, telemetry, proxies or assistants of others.
 *
 * @throws Error `OS_OPENAPI_REFERENCE`, at the first request, where Scalar is not installed
 *
 * @example
 * const app = createApp({ routes, plugins: [openapi({ title: "Desk" }), reference()] });
 * // GET /reference
 */
export function reference(options: ReferenceOptions = {}): Plugin {
  const { path = "/reference", use = [publicAccess()], scalar = {} } = options;
  return {
    name: "reference",
    capabilities: ["routes", "compiled"],
    setup(host) {
      let { title = "API", document = "/openapi.json" } = options;
      let reading: Promise<Bundle> | undefined;
      // What cannot be read now may be there later.
      const bundle = (): Promise<Bundle> =>
        (reading ??= readBundle(options.bundle).catch((error: unknown) => {
          reading = undefined;
          throw error;
        }));
      host.onCompiled(({ app }) => {
        const plugin = app.plugins.find(isOpenApi);
        title = options.title ?? plugin?.options.title ?? title;
        document = options.document ?? `${plugin?.options.path ?? "/openapi"}.json`;
      });
      const items = [...use, operation({ hidden: true })];
      host.route(
        "GET",
        path,
        route({ use: items, offers: ["text/html"], summary: "The API's reference" }, async () => {
          const { version } = await bundle();
          const { html, policy } = referencePage({ title, document, script: `${path}/scalar.js?v=${version}`, scalar });
          return reply(200, html, {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": policy,
            "cache-control": "no-store", // its nonce is for once
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
          });
        }),
      );
      host.route(
        "GET",
        `${path}/scalar.js`,
        route({ use: items, summary: "Scalar's browser bundle" }, async ({ query }) => {
          const { bytes, version } = await bundle();
          return reply(200, bytes, {
            "content-type": "text/javascript; charset=utf-8",
            "cache-control": query["v"] === version ? FOREVER : "no-cache",
            etag: `"${version}"`,
            "x-content-type-options": "nosniff",
          });
        }),
      );
    },
  };
}
