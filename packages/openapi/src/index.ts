export type { Change, Effect } from "./diff/change.ts";
export { diffDocuments } from "./diff/documents.ts";
export { documentOf } from "./document.ts";
export type {
  Content,
  MediaType,
  OpenApiDocument,
  Operation,
  Parameter,
  PathItem,
  ResponseObject,
} from "./openapi-types.ts";
export { operation, type OperationFacts } from "./operation.ts";
export type { DocumentOptions, Edition, OpenApiOptions } from "./options.ts";
export { openapi } from "./plugin.ts";
