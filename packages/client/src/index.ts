export type { KernelDocument, ProblemDocument, Success } from "@openspeed/core";
export { createClient } from "./client.ts";
export type { Duration } from "./duration.ts";
export { type FailureKind, RequestFailure, RequestProblem } from "./failure.ts";
export type {
  Around,
  ClientOptions,
  Handler,
  Progress,
  RequestOptions,
  RetryOptions,
  StreamOptions,
} from "./options.ts";
export type { ArgumentsOf, ItemOf, ProblemsOf, RawBody, Refusal, Text, Texts, ValueOf } from "./route-types.ts";
export type { ClientEvent } from "./streams.ts";
export type { Answer, Client, Failure, Paths, ThrowingClient } from "./surface.ts";
