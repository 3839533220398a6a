import type { Diagnostic, Graph, GraphRoute, JsonSchema } from "@openspeed/core";
import { type InputSchema, inputSchemaOf, outputSchemaOf, streams } from "./schemas.ts";
import { factsOf, type ToolAnnotations, type ToolFacts } from "./tool.ts";

/** A route as an agent sees it. */
export interface Tool {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string;
  readonly inputSchema: InputSchema;
  readonly outputSchema: JsonSchema | undefined;
  readonly annotations: ToolAnnotations;
  readonly route: GraphRoute;
  /** How its body is sent, `undefined` if it has none. */
  readonly bodyType: string | undefined;
  readonly streamed: boolean;
}

export interface Tools {
  /** In the graph's order. */
  readonly tools: readonly Tool[];
  readonly faults: readonly Diagnostic[];
}

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Pure: the opted-in routes of a graph as tools, and all that is wrong with them. The endpoint itself is never one. */
export function toolsOf({ routes }: Pick<Graph, "routes">, own: string): Tools {
  const tools: Tool[] = [];
  const faults: Diagnostic[] = [];
  const taken = new Map<string, GraphRoute>();
  for (const route of routes) {
    const facts = route.key === own ? undefined : factsOf(route);
    if (facts === undefined) continue;
    const made = toolOf(route, facts);
    const other = taken.get(made.name);
    taken.set(made.name, route);
    const fault = faultOf(made, other);
    if (fault === undefined) tools.push(made);
    else faults.push({ ...fault, where: route.source ?? route.key });
  }
  return { tools, faults };
}

function toolOf(route: GraphRoute, facts: ToolFacts): Tool {
  const { summary, description, deprecated = false } = route;
  const { name = nameOf(route), title = summary, annotations = {}, stream = streams(route) } = facts;
  const words = facts.description ?? [summary, description].filter(Boolean).join("\n\n");
  return {
    name,
    title,
    description: (words || route.key) + (deprecated ? "\n\nDeprecated." : ""),
    inputSchema: inputSchemaOf(route),
    outputSchema: outputSchemaOf(route, stream),
    annotations: { ...promised(route.method), ...annotations },
    route,
    bodyType: route.body && bodyTypeOf(route.body.types),
    streamed: stream,
  };
}

/** `get_tickets_by_id`: the same as long as the route keeps its key. */
function nameOf({ method, path }: GraphRoute): string {
  const words = path.split("/").filter((segment) => segment !== "");
  const named = words.map((segment) => (/^[:*]/.test(segment) ? `by_${segment.slice(1)}` : segment));
  return [method.toLowerCase(), ...named]
    .join("_")
    .replace(/[^A-Za-z0-9_-]+/g, "_")
    .replace(/_$/, "");
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);
const IDEMPOTENT = new Set(["PUT", "DELETE"]);

/** What a method says about its routes (RFC 9110 §9.2). A `POST` may do anything, so it is not called harmless. */
function promised(method: string): ToolAnnotations {
  if (SAFE.has(method)) return { readOnlyHint: true };
  return { readOnlyHint: false, destructiveHint: true, idempotentHint: IDEMPOTENT.has(method) };
}

const FORM = "application/x-www-form-urlencoded";

/** The first of the types that an agent's JSON can be sent as; `undefined` if there is none. */
function bodyTypeOf(types: readonly string[]): string | undefined {
  if (types.length === 0) return "text/plain";
  return (
    types.find((type) => /^[^*]*[/+]json$/.test(type)) ??
    types.find((type) => type === FORM) ??
    types.find((type) => /^text\/[^*]+$/.test(type))
  );
}

function faultOf(
  { name, route, bodyType }: Tool,
  other: GraphRoute | undefined,
): Omit<Diagnostic, "where"> | undefined {
  const { method, key, body } = route;
  if (!/^[A-Z]/.test(method)) {
    return {
      code: "OS_TOOL_ROUTE",
      message: `${key} is no single call, so it cannot be a tool.`,
      mend: "Take tool() to a route with a method of its own, or say tool({ hidden: true }) here.",
    };
  }
  if (body !== undefined && bodyType === undefined) {
    return {
      code: "OS_TOOL_BODY",
      message: `${key} takes ${body.types.join(", ")}, which an agent cannot send as JSON.`,
      mend: "Make a route with a JSON body the tool, or say tool({ hidden: true }) here.",
    };
  }
  if (!NAME.test(name)) {
    return {
      code: "OS_TOOL_NAME",
      message: `"${name}" is no name that every agent takes.`,
      mend: "tool({ name }): letters, digits, _ and -, at most 64.",
    };
  }
  if (other === undefined) return undefined;
  return {
    code: "OS_TOOL_NAME",
    message: `Two tools are called "${name}": ${other.source ?? other.key} and ${route.source ?? key}.`,
    mend: `Give one of them another name: tool({ name: "…" }).`,
  };
}
