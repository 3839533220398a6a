import type { KernelDocument, ParamsOf } from "@openspeed/core";
import type { RequestOptions } from "./options.ts";

// How it is typed is how much it costs the compiler, call by call. Three rules keep it cheap:
// - what a route says is reached by index and never by matching, which would compare whole routes;
// - what a call depends on stands in members of interfaces, which are computed when they are touched;
// - a choice is made by a word that the route gives (`takes`), because a word is instantiated for nothing.

/** A part of a request as its schema types it. */
type Described = { readonly "~standard": { readonly types?: { readonly input: unknown } | undefined } } | undefined;

/** What is read of a route's types. */
export interface CallableTypes {
  readonly params: Described;
  readonly query: Described;
  readonly headers: Described;
  readonly body: Described;
  readonly takes: keyof ArgumentsByNeed<CallableTypes, string>;
  readonly success: { readonly value: unknown };
  readonly documents: unknown;
}

/**
 * Stands beside an interface of routes, so that it can be indexed by any text. Were a key bound to be one of the routes', the
 * compiler would go through all of them to say what a route is in general, before it knows which one is called.
 */
export interface AnyRoutes {
  readonly [key: string]: { readonly "~types"?: CallableTypes };
}

/** What a route says of itself. */
export type TypesAt<Routes extends AnyRoutes, Key extends string> = Routes[Key]["~types"] & {};

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

type In<S extends Described> = ((S & {})["~standard"]["types"] & {})["input"];

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
interface ParamsInput<T extends CallableTypes> extends RequestOptions, AnyQuery, AnyHeaders, AnyBody {
  readonly params: In<T["params"]>;
}
interface BodyInput<T extends CallableTypes> extends RequestOptions, AnyQuery, AnyHeaders {
  readonly params?: never;
  readonly body: In<T["body"]> | RawBody;
}
interface ParamsAndBodyInput<T extends CallableTypes> extends RequestOptions, AnyQuery, AnyHeaders {
  readonly params: In<T["params"]>;
  readonly body: In<T["body"]> | RawBody;
}

type PathParams<Key> = Key extends `${string} ${infer Path}`
  ? { readonly [Name in keyof ParamsOf<Path>]: ParamsOf<Path>[Name] | number }
  : never;
type Part<Name extends string, T> = {} extends T
  ? { readonly [N in Name]?: T | undefined }
  : { readonly [N in Name]: T };
type QueryPart<S extends Described> = undefined extends S ? AnyQuery : Part<"query", In<S>>;
type HeadersPart<S extends Described> = undefined extends S ? AnyHeaders : Part<"headers", In<S> & Texts>;
type BodyPart<S extends Described> = undefined extends S ? AnyBody : { readonly body: In<S> | RawBody };
type ParamsPart<S extends Described, Key> = undefined extends S
  ? Part<"params", PathParams<Key>>
  : Part<"params", In<S>>;
type GeneralInput<T extends CallableTypes, Key> = ParamsPart<T["params"], Key> &
  QueryPart<T["query"]> &
  HeadersPart<T["headers"]> &
  BodyPart<T["body"]> &
  RequestOptions;

/** A list of one that may be left out if nothing in it is needed. */
type Argument<Input> = {} extends Input ? [input?: Input] : [input: Input];
type WithParams = `${string}/${":" | "*"}${string}`;

/** The arguments of a call, by what its route takes. */
interface ArgumentsByNeed<T extends CallableTypes, Key> {
  readonly "params and body": [input: ParamsAndBodyInput<T>];
  readonly params: [input: ParamsInput<T>];
  readonly body: Key extends WithParams ? Argument<GeneralInput<T, Key>> : [input: BodyInput<T>];
  readonly nothing: Key extends WithParams ? Argument<GeneralInput<T, Key>> : [input?: PlainInput];
  readonly more: Argument<GeneralInput<T, Key>>;
}
// Written out: named within an alias by another alias, a type would be put off, and instantiated once more when it is needed.
export type ArgumentsAt<Routes extends AnyRoutes, Key extends string> = ArgumentsByNeed<
  Routes[Key]["~types"] & {},
  Key
>[(Routes[Key]["~types"] & {})["takes"]];

/** What a request to a route takes, as a list of arguments: one, which may be left out if the route needs nothing. */
export type ArgumentsOf<Api, Key extends string> = ArgumentsAt<Api & AnyRoutes, Key>;

// ── What an answer gives ──────────────────────────────────────────────────────────────────────────────

export type ValueAt<Routes extends AnyRoutes, Key extends string> = TypesAt<Routes, Key>["success"]["value"];

/** What a successful answer carries. */
export type ValueOf<Api, Key extends string> = ValueAt<Api & AnyRoutes, Key>;

export type ItemAt<Routes extends AnyRoutes, Key extends string> =
  ValueAt<Routes, Key> extends infer Value ? (Value extends AsyncIterable<infer Item> ? Item : Value) : never;

/** One item of a stream. */
export type ItemOf<Api, Key extends string> = ItemAt<Api & AnyRoutes, Key>;

/** Every problem that a route may answer with: its own, its providers' and middleware's, and the kernel's. */
export type ProblemsOf<Api, Key extends string> = TypesAt<Api & AnyRoutes, Key>["documents"] | KernelDocument;

/** A problem instead of a value. */
export interface Refusal<T extends CallableTypes> {
  readonly ok: false;
  readonly status: number;
  readonly problem: T["documents"] | KernelDocument;
  readonly headers: Headers;
  readonly failure?: undefined;
}
