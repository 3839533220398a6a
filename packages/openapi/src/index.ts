export type { Change, Effect } from "./diff/change.ts";
export { checkExamples } from "./examples.ts";
export { diffDocuments } from "./diff/documents.ts";
export { documentOf } from "./document.ts";
export type {
  Content,
  MediaType,
  OpenApiDocument,
  Operation,
  Parameter,
  PathItem,
  PathMethod,
  Reference,
  ResponseObject,
} from "./openapi-types.ts";
export { operation, type OperationFacts } from "./operation.ts";
export type { DocumentOptions, Edition, OpenApiOptions } from "./options.ts";
export { appDocument, openapi, type OpenApiPlugin } from "./plugin.ts";
export { parseDocument, toYaml } from "./text.ts";
