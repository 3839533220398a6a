import {
  type App,
  CompileError,
  type Diagnostic,
  type Duration,
  graph,
  parseDuration,
  type Plugin,
  problem,
  publicAccess,
  route,
  type Use,
} from "@openspeed/core";
import { message } from "./message.ts";
import type { Desk, Introduction } from "./serve.ts";
import { toolsOf } from "./tools.ts";

export interface McpOptions {
  /** How the server introduces itself. */
  readonly name: string;
  readonly version: string;
  /** What an agent should know before it calls anything. */
  readonly instructions?: string;
  /** Where agents connect. Default `"/mcp"`. */
  readonly path?: string;
  /** Who may list tools and try to call them; each call has to pass its own route's guards all the same. Default: anyone. */
  readonly use?: readonly Use[];
  /** Origins of web pages that may connect: `"https://agent.example"`. Default: none, which no client outside of browsers needs. */
  readonly origins?: readonly string[];
  /** How much of a stream a result holds. Default: 100 items, 10 s. */
  readonly streams?: { readonly items?: number; readonly time?: Duration };
}

/**
 * Offers the routes that say `tool()` to agents, over MCP's Streamable HTTP. A call is a request to the same route with the
 * headers of the one who calls: the same guards, the same validation, the same problems. Tools that cannot be offered keep an app
 * in tests from starting; in development `onError` is told of them.
 *
 * @throws TypeError for an option that means nothing
 * @throws CompileError `OS_TOOL_NAME`, `OS_TOOL_ROUTE`, `OS_TOOL_BODY`, when the app starts
 *
 * @example
 * const app = createApp({ routes, plugins: [mcp({ name: "desk", version: "1.0.0" })] });
 * // POST /mcp
 */
export function mcp(options: McpOptions): Plugin {
  const { name, version, instructions, path = "/mcp", use = [publicAccess()], origins = [] } = options;
  const introduction: Introduction = { name, version, instructions };
  const limits = {
    items: options.streams?.items ?? 100,
    time: parseDuration(options.streams?.time ?? "10s") ?? Number.NaN,
  };
  const trusted = new Set(origins.map(originOf));
  if (!(limits.items > 0 && limits.time > 0))
    throw new TypeError(
      'OS_MCP_OPTION: streams takes a number of items and a time, as in { items: 100, time: "10s" }.',
    );
  const own = `POST ${path}`;
  return {
    name: "mcp",
    capabilities: ["routes", "compiled"],
    check: (app) => faultsIn(app, own),
    setup(host) {
      let running: App | undefined;
      let opening: Promise<Desk> | undefined;
      const desk = (): Promise<Desk> =>
        (opening ??= open(running).catch((error: unknown) => {
          opening = undefined; // what a lazy route could not load now it may load later
          throw error;
        }));
      const open = async (app: App | undefined): Promise<Desk> => {
        if (app === undefined) throw new TypeError("Tools are there when the app has started.");
        const { openDesk } = await import("./serve.ts");
        return openDesk(app, own);
      };
      host.onCompiled(({ app }) => {
        running = app;
        const check = async (): Promise<void> => {
          const faults = await faultsIn(app, own);
          if (faults.length > 0) throw new CompileError(faults);
        };
        // Whoever develops is told, and goes on: a reload waits for nothing.
        if (app.mode === "development") app.waitUntil(check());
        return app.mode === "test" ? check() : undefined;
      });
      const shape = {
        use,
        // The protocol tells its own errors as JSON-RPC does; 202 takes a notification.
        output: { 200: message, 202: null, 400: message, 404: message, 406: message, 413: message, 415: message },
        problems: { foreignOrigin: problem(403, "Not for pages of this origin") },
        summary: "Tools for agents (MCP)",
      };
      host.route(
        "POST",
        path,
        route(shape, async ({ incoming, header, fail, report }) => {
          // A page that a browser shows must not reach a server behind it (MCP 2025-11-25, Transports: DNS rebinding).
          const origin = header("origin");
          if (origin !== null && !trusted.has(origin)) fail.foreignOrigin();
          const [opened, { serveMessage }] = await Promise.all([desk(), import("./serve.ts")]);
          return serveMessage(opened, incoming, introduction, limits, report);
        }),
      );
    },
  };
}

async function faultsIn(app: App, own: string): Promise<readonly Diagnostic[]> {
  return toolsOf(await graph(app), own).faults;
}

function originOf(given: string): string {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/?#\s]+$/.test(given))
    throw new TypeError(
      `OS_MCP_OPTION: "${given}" is no origin. Write it as browsers send it: "https://agent.example".`,
    );
  return given;
}
