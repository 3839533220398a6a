// What a route answers, as its callers get it. Types only: clients and tests read them as members of `RouteTypes`.
import type { KernelProblem, Problem, Problems, RequestError } from "./problem.ts";
import type { Reply } from "./reply.ts";
import type { ServerSentEvent } from "./request/event.ts";
import type { OutputOfSchema, Schema } from "./schema.ts";

// ── A value ───────────────────────────────────────────────────────────────────────────────────────────

/** A value with its status, as callers get it. Where a route declares several statuses, each has its own value. */
export interface Success<Status, Value> {
  readonly ok: true;
  readonly status: Status;
  readonly value: Value;
  readonly headers: Headers;
  readonly problem?: undefined;
  readonly failure?: undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;
/** The value that arrives, for a value that a handler returns and no schema describes. */
type Received<V> = V extends Response
  ? unknown
  : V extends ReadableStream | Blob | Uint8Array
    ? Bytes
    : V extends AsyncIterable<infer Item>
      ? AsyncIterable<Item extends ServerSentEvent ? unknown : Item>
      : V;

/** What a handler's own value becomes. */
export type Undeclared<V> =
  V extends Reply<infer Status, infer Inner> ? Success<Status, Received<Inner>> : Success<number, Received<V>>;

/** What is sent under a schema; nothing under `null`. */
export type Sent<S> = S extends Schema ? OutputOfSchema<S> : undefined;

/** The statuses that are no problem, each with its value. */
export type ByStatus<O> = {
  [Status in keyof O]: `${Status & number}` extends `2${string}` ? Success<Status, Sent<O[Status]>> : never;
}[keyof O];

// ── A problem ─────────────────────────────────────────────────────────────────────────────────────────

/** What every problem document tells, whichever problem it is. */
interface Occurrence {
  readonly title: string;
  readonly type?: string;
  readonly detail?: string;
  /** Of this one occurrence: `urn:uuid:…` where the app failed, under which its log has the error. */
  readonly instance?: string;
  /** What validation found: the part of the request, and a JSON Pointer into it. */
  readonly errors?: readonly RequestError[];
}

/** A problem document (RFC 9457). `name` says which one it is. */
export interface ProblemDocument<Name = string, Status = number, Data = unknown> extends Occurrence {
  readonly name: Name;
  readonly status: Status;
  readonly data: Data;
}

interface KernelStatus {
  malformed: 400;
  notFound: 404;
  methodNotAllowed: 405;
  notAcceptable: 406;
  preconditionFailed: 412;
  tooLarge: 413;
  uriTooLong: 414;
  unsupportedMediaType: 415;
  invalid: 422;
  internal: 500;
  timeout: 503;
  overloaded: 503;
}
/** What the kernel itself answers with, whatever a route declares. */
export type KernelDocument = {
  [Name in KernelProblem]: ProblemDocument<Name, KernelStatus[Name], undefined>;
}[KernelProblem];

/** The document of a declared problem. Routes that declare the same problem under the same name share it. */
export interface DeclaredDocument<Name, P extends Problem> extends Occurrence {
  readonly name: Name;
  readonly status: P["status"];
  readonly data: DataOf<P>;
}
type DataOf<P> = P extends Problem<number, infer Data> ? Data : never;

/** The documents of problems by name. `Name` is all their names: it distributes over them. */
export type DocumentsOf<E extends Problems, Name extends keyof E> = Name extends unknown
  ? DeclaredDocument<Name, E[Name]>
  : never;
