/** The tools of one app over MCP. The protocol is the official SDK's; nothing is kept between two requests. */
import {
  createMcpHandler,
  isSpecType,
  type ListToolsResult,
  ProtocolError,
  ProtocolErrorCode,
  Server,
} from "@modelcontextprotocol/server";
import {
  type App,
  CompileError,
  graph,
  type Incoming,
  internalError,
  kernelError,
  type MountedRoute,
  ProblemError,
} from "@openspeed/core";
import { routeFinder } from "@openspeed/core/authoring";
import { callOf } from "./call.ts";
import { ToolIncoming } from "./incoming.ts";
import type { StreamLimits } from "./items.ts";
import { failed, resultOf } from "./result.ts";
import { type Tool, toolsOf } from "./tools.ts";

export interface Introduction {
  readonly name: string;
  readonly version: string;
  readonly instructions: string | undefined;
}

export interface Desk {
  readonly app: App;
  readonly tools: readonly Tool[];
  /** The same as they are listed: all of them, whoever asks. */
  readonly listing: ListToolsResult["tools"];
  /** Whether a call of the tool is served by the tool's own route. */
  readonly reaches: (tool: Tool, target: string) => boolean;
}

/**
 * The app's tools.
 *
 * @throws CompileError `OS_TOOL_NAME`, `OS_TOOL_ROUTE`, `OS_TOOL_BODY`
 */
export async function openDesk(app: App, own: string): Promise<Desk> {
  const [{ routes }, compiled] = await Promise.all([graph(app), app.compile({ strict: false })]);
  const { tools, faults } = toolsOf({ routes }, own);
  if (faults.length > 0) throw new CompileError(faults);
  const find = routeFinder(compiled);
  // The graph keeps the order of routes that only matchers tell apart.
  const waiting = Map.groupBy(compiled.routes, ({ key }) => key);
  const mounted = new Map(routes.map((route) => [route, waiting.get(route.key)?.shift()]));
  return {
    app,
    tools,
    listing: tools.map(listed),
    reaches: (tool, target) => isSame(find(tool.route.method, target), mounted.get(tool.route)),
  };
}

function isSame(found: MountedRoute | undefined, expected: MountedRoute | undefined): boolean {
  return found !== undefined && found.mount === expected?.mount;
}

/** Answers one message, for the one who sent it. */
export async function serveMessage(
  desk: Desk,
  incoming: Incoming,
  { name, version, instructions }: Introduction,
  limits: StreamLimits,
  report: (error: unknown) => string,
): Promise<Response> {
  const makeServer = (): Server => {
    const server = new Server(
      { name, version },
      { capabilities: { tools: {} }, ...(instructions && { instructions }) },
    );
    server.setRequestHandler("tools/list", () => ({ tools: desk.listing }));
    server.setRequestHandler("tools/call", async ({ params }, { mcpReq }) => {
      const tool = desk.tools.find((each) => each.name === params.name);
      if (tool === undefined)
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name}.`);
      const signal = AbortSignal.any([incoming.signal, mcpReq.signal]);
      const result = await call(desk, tool, params.arguments ?? {}, incoming, { signal, limits, report });
      return server.projectCallToolResult(result, tool.outputSchema);
    });
    return server;
  };
  const { fetch } = createMcpHandler(makeServer, {
    maxRequestBodySize: desk.app.limits.body,
    // Tools change with the app and not while it runs, so there is nothing to wait for.
    maxSubscriptions: 0,
  });
  return fetch(incoming.request());
}

function listed(tool: Tool): ListToolsResult["tools"][number] {
  const { name, title, description, inputSchema, outputSchema, annotations } = tool;
  const told: unknown = {
    name,
    ...(title && { title }),
    description,
    inputSchema,
    ...(outputSchema && { outputSchema }),
    annotations,
  };
  if (!isSpecType.Tool(told)) throw new TypeError(`${tool.route.key} is no tool as MCP has them.`);
  return told;
}

interface Circumstances {
  readonly signal: AbortSignal;
  readonly limits: StreamLimits;
  readonly report: (error: unknown) => string;
}

async function call(
  { app, reaches }: Desk,
  tool: Tool,
  given: Readonly<Record<string, unknown>>,
  incoming: Incoming,
  { signal, limits, report }: Circumstances,
): ReturnType<typeof resultOf> {
  try {
    const request = callOf(tool, given);
    // `..`, or a text that a route of its own stands for: what is there was not opted in by this tool.
    if (!reaches(tool, request.target)) throw kernelError("notFound", "With these params it is another route's path.");
    return await resultOf(tool, await app.handle(new ToolIncoming(incoming, { ...request, signal })), limits);
  } catch (error) {
    if (error instanceof ProblemError) return failed(String(error.outcome.body));
    // A stream that broke, or an answer that is not what its media type says: the reason stays in the house.
    return failed(String(internalError(report(error)).outcome.body));
  }
}
