import type { Declared, KernelProblem, ParamsOf, Problem, Reply, RequestError, ServerSentEvent } from "@openspeed/core";
import type { RequestOptions } from "./options.ts";

/**
 * What a route says, read member by member. Members are reached by index and never by matching: a pattern would compare
 * whole routes, which costs the compiler ten times as much for each call.
 */
type Member<T, Name> = T[Name & keyof T];
type TypesOf<R> = Member<R, "~types"> & {};
/**
 * The route of a key that may be any text: the compiler asks what a type is in general before it knows the key, and would go
 * through all routes to say it if the key were bound to be one of theirs.
 */
type RouteAt<Api, Key> = Key extends keyof Api ? TypesOf<Api[Key]> : unknown;
type SchemaTypes<S> = Member<Member<S, "~standard">, "types"> & {};
type In<S> = Member<SchemaTypes<S>, "input">;
type Out<S> = Member<SchemaTypes<S>, "output">;

// ── What a request takes ──────────────────────────────────────────────────────────────────────────────

/** Sent as it is, whatever the route's body is typed as. */
export type RawBody =
  | FormData
  | URLSearchParams
  | Blob
  | ArrayBuffer
  | Uint8Array<ArrayBuffer>
  | ReadableStream<Uint8Array<ArrayBuffer>>;

export type Text = string | number | boolean;
export type Texts = { readonly [name: string]: Text | Date | readonly Text[] | undefined };

interface AnyQuery {
  readonly query?: Texts;
}
interface AnyHeaders {
  readonly headers?: Texts;
}
interface AnyBody {
  readonly body?: RawBody | string;
}
interface PlainInput extends RequestOptions, AnyQuery, AnyHeaders, AnyBody {
  readonly params?: never;
}
interface ParamsInput<T> extends RequestOptions, AnyQuery, AnyHeaders, AnyBody {
  readonly params: In<Member<T, "params">>;
}
interface BodyInput<T> extends RequestOptions, AnyQuery, AnyHeaders {
  readonly params?: never;
  readonly body: In<Member<T, "body">> | RawBody;
}
interface WholeInput<T> extends RequestOptions, AnyQuery, AnyHeaders {
  readonly params: In<Member<T, "params">>;
  readonly body: In<Member<T, "body">> | RawBody;
}

type PathParams<Key> = Key extends `${string} ${infer Path}`
  ? { readonly [Name in keyof ParamsOf<Path>]: ParamsOf<Path>[Name] | number }
  : never;
type Part<Name extends string, T> = {} extends T
  ? { readonly [N in Name]?: T | undefined }
  : { readonly [N in Name]: T };
type QueryPart<S> = undefined extends S ? AnyQuery : Part<"query", In<S>>;
type HeadersPart<S> = undefined extends S ? AnyHeaders : Part<"headers", In<S> & Texts>;
type BodyPart<S> = undefined extends S ? AnyBody : { readonly body: In<S> | RawBody };
type ParamsPart<S, Key> = undefined extends S ? Part<"params", PathParams<Key>> : Part<"params", In<S>>;
type GeneralInput<T, Key> = ParamsPart<Member<T, "params">, Key> &
  QueryPart<Member<T, "query">> &
  HeadersPart<Member<T, "headers">> &
  BodyPart<Member<T, "body">> &
  RequestOptions;

/** A list of one that may be left out if nothing in it is needed. */
type Argument<Input> = {} extends Input ? [input?: Input] : [input: Input];

// Most routes declare neither query nor headers, so both are asked about at once.
type ArgumentsFor<T, Key> = unknown extends T
  ? [input?: PlainInput]
  : undefined extends Member<T, "query"> & Member<T, "headers">
    ? undefined extends Member<T, "params">
      ? Key extends `${string}/${":" | "*"}${string}`
        ? Argument<GeneralInput<T, Key>>
        : undefined extends Member<T, "body">
          ? [input?: PlainInput]
          : [input: BodyInput<T>]
      : undefined extends Member<T, "body">
        ? [input: ParamsInput<T>]
        : [input: WholeInput<T>]
    : Argument<GeneralInput<T, Key>>;

/** A key that is one of the routes'. */
export type KeyOf<Api, Key> = Key extends keyof Api ? Key : keyof Api;

/** What a request to a route takes, as a list of arguments: one, which may be left out if the route needs nothing. */
export type ArgumentsOf<Api, Key> = ArgumentsFor<RouteAt<Api, Key>, Key>;

// ── What an answer gives ──────────────────────────────────────────────────────────────────────────────

/** A value with its status. Where a route declares several statuses, each has its own value. */
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
type Undeclared<V> =
  V extends Reply<infer Status, infer Inner> ? Success<Status, Received<Inner>> : Success<number, Received<V>>;
type Streamed<Returned, Item> = [Returned] extends [AsyncIterable<unknown>] ? AsyncIterable<Item> : Item;
type ByStatus<O> = {
  [Status in keyof O]: `${Status & number}` extends `2${string}` ? Success<Status, Out<O[Status]>> : never;
}[keyof O];

type SuccessFor<O, Returned> = "~standard" extends keyof O
  ? Success<200, Streamed<Returned, Out<O>>>
  : undefined extends O
    ? Undeclared<Returned>
    : ByStatus<O>;
type SuccessOf<T> = SuccessFor<Member<T, "output">, Member<T, "result">>;

/** What a successful answer carries. */
export type ValueOf<Api, Key> = SuccessOf<RouteAt<Api, Key>>["value"];

/** One item of a stream. */
export type ItemOf<Api, Key> =
  ValueOf<Api, Key> extends infer V ? (V extends AsyncIterable<infer Item> ? Item : V) : never;

// ── Which problems it may be ──────────────────────────────────────────────────────────────────────────

/** A problem document (RFC 9457). `name` says which one it is. */
export interface ProblemDocument<Name = string, Status = number, Data = unknown> {
  readonly name: Name;
  readonly status: Status;
  readonly title: string;
  readonly data: Data;
  readonly type?: string;
  readonly detail?: string;
  /** Of this one occurrence: `urn:uuid:…` where the app failed, under which its log has the error. */
  readonly instance?: string;
  /** What validation found: the part of the request, and a JSON Pointer into it. */
  readonly errors?: readonly RequestError[];
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

type DocumentOf<Name, P> = P extends Problem<infer Status, infer Data> ? ProblemDocument<Name, Status, Data> : never;
type DocumentsOf<E> = { [Name in keyof E]: DocumentOf<Name, E[Name]> }[keyof E];
type OfItem<Item> = Item extends { readonly "~types"?: { readonly errors: Declared<infer E, infer U> } | undefined }
  ? DocumentsOf<E> | OfItems<U>
  : never;
type OfItems<U> = U extends readonly unknown[] ? OfItem<U[number]> : never;
type ProblemsFor<T> = DocumentsOf<Member<T, "problems">> | OfItems<Member<T, "use">> | KernelDocument;

/** Every problem that a route may answer with: its own, its providers' and middleware's, and the kernel's. */
export type ProblemsOf<Api, Key> = ProblemsFor<RouteAt<Api, Key>>;

/** A problem instead of a value. */
export interface Refusal<T> {
  readonly ok: false;
  readonly status: number;
  readonly problem: ProblemsFor<T>;
  readonly headers: Headers;
  readonly failure?: undefined;
}

type AnswerFor<T, Failed> = SuccessOf<T> | Refusal<T> | Failed;

/** The answer to a call: a value, one of the route's problems, or no answer of the route at all. */
export type AnswerOf<Api, Key, Failed> = AnswerFor<RouteAt<Api, Key>, Failed>;
