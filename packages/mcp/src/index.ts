export { mcp, type McpOptions } from "./plugin.ts";
export { tool, type ToolAnnotations, type ToolFacts } from "./tool.ts";
