import { type CompiledApp, etag, graph, type Plugin, publicAccess, reply, route } from "@openspeed/core";
import { documentOf } from "./document.ts";
import type { OpenApiDocument } from "./openapi-types.ts";
import { operation } from "./operation.ts";
import type { OpenApiOptions } from "./options.ts";

/**
 * Serves an app's OpenAPI document as JSON and YAML. It is made with the first request for it, and is as old as the app.
 *
 * @example
 * const app = createApp({ routes, plugins: [openapi({ title: "Desk", version: "1.0.0" })] });
 * // GET /openapi.json, GET /openapi.yaml
 */
export function openapi(options: OpenApiOptions): Plugin {
  const { path = "/openapi", use = [publicAccess()] } = options;
  return {
    name: "openapi",
    capabilities: ["routes", "compiled"],
    setup(host) {
      let compiled: CompiledApp | undefined;
      let made: Promise<OpenApiDocument> | undefined;
      const document = (): Promise<OpenApiDocument> => (made ??= make(compiled));
      const make = async (of: CompiledApp | undefined): Promise<OpenApiDocument> => {
        if (of === undefined) throw new TypeError("The OpenAPI document is there when the app has started.");
        return documentOf(await graph(of.app), options);
      };
      const items = [...use, operation({ hidden: true }), etag()];
      host.onCompiled((app) => void (compiled = app));
      host.route("GET", `${path}.json`, route({ use: items }, document));
      host.route(
        "GET",
        `${path}.yaml`,
        route({ use: items }, async () => {
          const { stringify } = await import("yaml");
          // RFC 9512
          return reply(200, stringify(await document(), { aliasDuplicateObjects: false }), {
            "content-type": "application/yaml",
          });
        }),
      );
    },
  };
}
