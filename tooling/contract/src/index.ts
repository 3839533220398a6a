export { type Answer, makeJudge, type Judge } from "./judge.ts";
export { type Asked, type RequestOptions, requestsFor } from "./requests.ts";
export { type ContractDocument, type DocumentedOperation, operationsOf } from "./operations.ts";
export { ask } from "./ask.ts";
