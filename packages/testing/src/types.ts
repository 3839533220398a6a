import type { InputOf, KernelProblem, OutputOf, ParamsOf, ProblemsOf } from "@openspeed/core";

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
  readonly errors?: readonly {
    readonly in?: string;
    readonly pointer?: string | RegExp;
    readonly detail?: string | RegExp;
  }[];
}

/** Sent as it is, whatever the route's body is typed as. */
type RawBody = FormData | URLSearchParams | Blob | ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
type Texts = { readonly [name: string]: string | number | boolean | undefined };

type PathParams<Key> = Key extends `${string} ${infer Path}`
  ? { readonly [K in keyof ParamsOf<Path>]: ParamsOf<Path>[K] | number }
  : unknown;

type Part<Input, Name extends string, Otherwise> = Input extends { readonly [K in Name]: infer Declared }
  ? Declared
  : Otherwise;
type MaybeRequired<Name extends string, T> = {} extends T
  ? { readonly [K in Name]?: T | undefined }
  : { readonly [K in Name]: T };

/** What a request to a route takes. Worked out for one key at a time, when it is called. */
export type PartsOf<Api, Key extends keyof Api> =
  InputOf<Api[Key]> extends infer Input
    ? MaybeRequired<"params", Part<Input, "params", PathParams<Key>>> &
        MaybeRequired<"query", Part<Input, "query", unknown>> &
        MaybeRequired<"headers", Part<Input, "headers", unknown> & Texts> &
        MaybeRequired<"cookies", Part<Input, "cookies", unknown> & Texts> &
        (Input extends { readonly body: infer Body }
          ? { readonly body: Body | RawBody }
          : { readonly body?: RawBody | string })
    : never;

export type ArgumentsOf<Api, Key extends keyof Api> =
  {} extends PartsOf<Api, Key> ? [parts?: PartsOf<Api, Key>] : [parts: PartsOf<Api, Key>];
export type AnsweredBy<Api, Key extends keyof Api> = OutputOf<Api[Key]>;
export type ProblemNameOf<Api, Key extends keyof Api> = NameOf<ProblemsOf<Api[Key]>> | KernelProblem;
type NameOf<Problem> = Problem extends { readonly name: infer Name extends string } ? Name : never;
