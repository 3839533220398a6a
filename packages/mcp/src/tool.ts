import { meta, type MetaEntry, type MetaKey, type MetaRecord } from "@openspeed/core";

/** Hints for whoever decides whether a call needs to be asked for; not to be relied on (MCP 2025-11-25, Tools). */
export interface ToolAnnotations {
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** What a route says to agents alone. */
export interface ToolFacts {
  /** Default: made of the method and the path, `get_tickets_by_id`. Letters, digits, `_` and `-`, at most 64. */
  readonly name?: string;
  /** Default: the route's summary. */
  readonly title?: string;
  /** When to call it and what for. Default: the route's summary and description. */
  readonly description?: string;
  /** Default: what the method promises (RFC 9110 §9.2). */
  readonly annotations?: ToolAnnotations;
  /** The handler yields, though its `offers` do not say so: the result is the list of what it yields. */
  readonly stream?: boolean;
  /** Takes back what a folder or group said. */
  readonly hidden?: boolean;
}

const key: MetaKey<ToolFacts> = /* @__PURE__ */ meta<ToolFacts>("mcp");

/**
 * Makes a route a tool of `mcp()`. Without it no agent reaches the route.
 *
 * @example
 * route({ use: [user, tool({ description: "Opens a ticket for the caller." })], body: NewTicket }, open);
 */
export function tool(facts: ToolFacts = {}): MetaEntry<ToolFacts> {
  return key(facts);
}

/** What was said about a route, the innermost word last; `undefined` where it is no tool. */
export function factsOf(route: { readonly meta: MetaRecord }): ToolFacts | undefined {
  const said = key.all(route);
  if (said.length === 0) return undefined;
  const facts: ToolFacts = Object.assign({}, ...said);
  return facts.hidden === true ? undefined : facts;
}
