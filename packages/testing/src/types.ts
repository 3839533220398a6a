import type { InputOf, OutputOf, ProblemsOf } from "@openspeed/core";

/** What a value has at least: every property may be left out, a `RegExp` may stand for text. */
export type Expected<T> = unknown extends T
  ? unknown
  : T extends string
    ? T | RegExp
    : T extends readonly (infer Item)[]
      ? readonly Expected<Item>[]
      : T extends Uint8Array | Date
        ? T
        : T extends object
          ? { readonly [K in keyof T]?: Expected<T[K]> | undefined }
          : T;

/** What a problem document has at least. */
export interface ExpectedProblem {
  readonly title?: string | RegExp;
  readonly detail?: string | RegExp;
  readonly data?: unknown;
  /** All of them, in order; of each, at least what is given. */
  readonly errors?: readonly { readonly in?: string; readonly pointer?: string | RegExp; readonly detail?: string | RegExp }[];
}

/** The problems that the kernel itself answers with, whatever a route declares. */
export type KernelProblem =
  | "notFound" | "methodNotAllowed" | "invalid" | "malformed" | "tooLarge" | "uriTooLong"
  | "unsupportedMediaType" | "notAcceptable" | "timeout" | "internal";

/** Sent as it is, whatever the route's body is typed as. */
type RawBody = FormData | URLSearchParams | Blob | ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
type Texts = { readonly [name: string]: string | number | boolean | undefined };

type PathParams<Key> = Key extends `${string}/:${infer Name}/${infer Rest}`
  ? Named<Name> & PathParams<`/${Rest}`>
  : Key extends `${string}/:${infer Name}` | `${string}/*${infer Name}`
    ? Named<Name>
    : unknown;
type Named<Name extends string> = Name extends `${infer Optional}?` ? { readonly [K in Optional]?: string | number } : { readonly [K in Name]: string | number };

type Part<Input, Name extends string, Otherwise> = Input extends { readonly [K in Name]: infer Declared } ? Declared : Otherwise;
type MaybeRequired<Name extends string, T> = {} extends T ? { readonly [K in Name]?: T | undefined } : { readonly [K in Name]: T };

/** What a request to a route takes. Worked out for one key at a time, when it is called. */
export type PartsOf<Api, Key extends keyof Api> = InputOf<Api[Key]> extends infer Input
  ? MaybeRequired<"params", Part<Input, "params", PathParams<Key>>> &
      MaybeRequired<"query", Part<Input, "query", unknown>> &
      MaybeRequired<"headers", Part<Input, "headers", unknown> & Texts> &
      MaybeRequired<"cookies", Part<Input, "cookies", unknown> & Texts> &
      (Input extends { readonly body: infer Body } ? { readonly body: Body | RawBody } : { readonly body?: RawBody | string })
  : never;

export type ArgumentsOf<Api, Key extends keyof Api> = {} extends PartsOf<Api, Key> ? [parts?: PartsOf<Api, Key>] : [parts: PartsOf<Api, Key>];
export type AnsweredBy<Api, Key extends keyof Api> = OutputOf<Api[Key]>;
export type ProblemNameOf<Api, Key extends keyof Api> = (keyof ProblemsOf<Api[Key]> & string) | KernelProblem;
