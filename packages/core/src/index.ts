export { type App, type AppOptions, createApp, type ErrorPlace, type Mode } from "./app.ts";
export { type BodyKind, bytes, form, json, stream, text } from "./body.ts";
export {
  type Awaitable,
  headerOf,
  type Incoming,
  type Outcome,
  type OutcomeBody,
  type Peer,
  type Serving,
  withHeaders,
} from "./boundary.ts";
export { CompileError, type Diagnostic } from "./compile/compile-error.ts";
export {
  graph,
  type Graph,
  type GraphItem,
  type GraphMiddleware,
  type GraphProvider,
  type GraphRoute,
  type GraphSchema,
} from "./compile/graph.ts";
export type { MountedRoute } from "./compile/table.ts";
export { etag } from "./etag.ts";
export { type Duration, type LimitOptions, type Limits, parseDuration, parseSize, type Size } from "./limits.ts";
export { matched } from "./matched.ts";
export {
  meta,
  type MetaEntry,
  type MetaKey,
  type MetaRecord,
  type Policy,
  policy,
  type Priority,
  priority,
  problemTypes,
  publicAccess,
  type Security,
  security,
} from "./meta.ts";
export { after, type Middleware, middleware, type Next, type Trace } from "./middleware.ts";
export type { Group, Mount, ParamsOf, RouteRecord, Verb } from "./mount.ts";
export type { Capability, CompiledApp, Host, Plugin } from "./plugin.ts";
export type { DeclaredDocument, KernelDocument, ProblemDocument, Success } from "./answer-types.ts";
export {
  type Fail,
  internalError,
  kernelError,
  type KernelProblem,
  type Problem,
  problem,
  ProblemError,
  problemOutcome,
  type Problems,
  type RequestError,
} from "./problem.ts";
export {
  type Binding,
  type Declares,
  type Ending,
  port,
  provide,
  type Provided,
  type Provider,
  type Scope,
  type Use,
} from "./provide.ts";
export { type Reply, reply, type ReplyHeaders } from "./reply.ts";
export type { Context, ItemContext, Strings } from "./request/context.ts";
export { event, type EventFields, type ServerSentEvent } from "./request/event.ts";
export {
  type AnyShape,
  type HandlerContext,
  lazy,
  type LazyRoute,
  type Outputs,
  type PlainContext,
  type Returned,
  type Route,
  route,
  type Shape,
} from "./route.ts";
export type { Declared, InputOf, OutputOf, ProblemsOf, RouteTypes } from "./route-types.ts";
export type { Issue, JsonSchema, Schema, Side, Validated } from "./schema.ts";
