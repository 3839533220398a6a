import type { JsonSchema, Schema } from "@openspeed/core";

const described = (): JsonSchema => ({
  type: "object",
  description: "A JSON-RPC message.",
  properties: {
    jsonrpc: { const: "2.0" },
    id: { type: ["string", "number", "null"] },
    result: { type: "object" },
    error: {
      type: "object",
      properties: { code: { type: "integer" }, message: { type: "string" } },
      required: ["code", "message"],
    },
  },
  required: ["jsonrpc"],
});

const standard = {
  version: 1,
  vendor: "openspeed",
  jsonSchema: { input: described, output: described },
  // The SDK writes messages and judges them; here they are only described.
  validate: (value: unknown) => ({ value }),
} as const;

/** A JSON-RPC 2.0 response (§5), as the graph shows it. */
export const message: Schema = { "~standard": standard };
