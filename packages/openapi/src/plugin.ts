import {
  type App,
  CompileError,
  type Diagnostic,
  etag,
  graph,
  type Plugin,
  publicAccess,
  reply,
  route,
} from "@openspeed/core";
import { documentOf } from "./document.ts";
import type { OpenApiDocument } from "./openapi-types.ts";
import { operation } from "./operation.ts";
import type { DocumentOptions, OpenApiOptions } from "./options.ts";
import { toYaml } from "./text.ts";

/** The plugin, with what it was told: so that `openspeed openapi` prints the document that is served. */
export interface OpenApiPlugin extends Plugin {
  readonly name: "openapi";
  readonly options: OpenApiOptions;
}

/**
 * Serves an app's OpenAPI document as JSON and YAML. It is made with the first request for it, and is as old as the app.
 * Examples that their schemas refuse keep an app in tests from starting; in development `onError` is told of them.
 *
 * @throws CompileError `OS_OPENAPI_EXAMPLE`, when the app starts
 *
 * @example
 * const app = createApp({ routes, plugins: [openapi({ title: "Desk", version: "1.0.0" })] });
 * // GET /openapi.json, GET /openapi.yaml
 */
export function openapi(options: OpenApiOptions): OpenApiPlugin {
  const { path = "/openapi", use = [publicAccess()] } = options;
  return {
    name: "openapi",
    options,
    capabilities: ["routes", "compiled"],
    check: async (app) => examplesIn(await appDocument(app)),
    setup(host) {
      let running: App | undefined;
      let made: Promise<OpenApiDocument> | undefined;
      const document = (): Promise<OpenApiDocument> => (made ??= make());
      const make = async (): Promise<OpenApiDocument> => {
        if (running === undefined) throw new TypeError("The OpenAPI document is there when the app has started.");
        return appDocument(running, options);
      };
      const items = [...use, operation({ hidden: true }), etag()];
      const check = async (): Promise<void> => {
        const found = await examplesIn(await document());
        if (found.length > 0) throw new CompileError(found);
      };
      host.onCompiled(({ app }) => {
        running = app;
        // Whoever develops is told, and goes on: a reload waits for nothing.
        if (app.mode === "development") app.waitUntil(check());
        return app.mode === "test" ? check() : undefined;
      });
      host.route("GET", `${path}.json`, route({ use: items, summary: "The OpenAPI document" }, document));
      host.route(
        "GET",
        `${path}.yaml`,
        route({ use: items, summary: "The OpenAPI document as YAML" }, async () =>
          // RFC 9512
          reply(200, await toYaml(await document()), { "content-type": "application/yaml" }),
        ),
      );
    },
  };
}

/**
 * The document of an app that need not run: its `openapi()` plugin's options count, where it has one.
 *
 * @throws CompileError
 *
 * @example
 * const document = await appDocument(app, { version: "2.0.0" });
 */
export async function appDocument(app: App, options: Partial<DocumentOptions> = {}): Promise<OpenApiDocument> {
  const plugin = app.plugins.find(isOpenApi);
  return documentOf(await graph(app), { title: "API", ...plugin?.options, ...options });
}

/** By what it carries: a command and a project may have copies of this package of their own. */
export function isOpenApi(plugin: Plugin): plugin is OpenApiPlugin {
  return plugin.name === "openapi" && "options" in plugin;
}

async function examplesIn(document: OpenApiDocument): Promise<readonly Diagnostic[]> {
  const { checkExamples } = await import("./examples.ts");
  return checkExamples(document);
}
