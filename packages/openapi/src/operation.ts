import { meta, type MetaKey } from "@openspeed/core";

/** What a route says to OpenAPI alone. */
export interface OperationFacts {
  /** Leaves the route out. */
  readonly hidden?: boolean;
  /** Default: made of the method and the path, `getTicketsById`. */
  readonly operationId?: string;
  readonly externalDocs?: { readonly url: string; readonly description?: string };
  /** Calls that the API makes because of this one: Callback Objects by name (§4.8.18), as they stand in the document. */
  readonly callbacks?: Readonly<Record<string, object>>;
}

/**
 * Facts for OpenAPI that nothing else needs.
 *
 * @example
 * app.get("/internal/stats", { use: [operation({ hidden: true })] }, stats);
 */
export const operation: MetaKey<OperationFacts> = /* @__PURE__ */ meta<OperationFacts>("openapi");
