import type { ByStatus, DocumentsOf, Sent, Success, Undeclared } from "./answer-types.ts";
import type { Problems } from "./problem.ts";
import type { Use } from "./provide.ts";
import type { Reply } from "./reply.ts";
import type { Outputs } from "./route.ts";
import type { OutputOfSchema, Schema } from "./schema.ts";

/**
 * A route's declarations as they were written, and what they mean for its callers.
 *
 * Members of an interface are computed when they are touched, once for each route, however often they are asked for. So what
 * callers need is a member here, and is reached by index (`Api[Key]["~types"]["success"]`): a conditional type over a whole
 * route would be instantiated with everything that the route says, at every call.
 */
export interface RouteTypes<
  U extends readonly Use[],
  P extends Schema | undefined,
  Q extends Schema | undefined,
  H extends Schema | undefined,
  C extends Schema | undefined,
  B extends Schema | undefined,
  O,
  R,
  E extends Problems,
> {
  readonly use: U;
  readonly params: P;
  readonly query: Q;
  readonly headers: H;
  readonly cookies: C;
  readonly body: B;
  readonly output: O;
  readonly result: R;
  readonly problems: E;
  /** Which schemas a request has to fit, as a word: what takes them is looked up by it. */
  readonly takes: undefined extends Q & H
    ? "~standard" extends keyof P
      ? "~standard" extends keyof B
        ? "params and body"
        : "params"
      : "~standard" extends keyof B
        ? "body"
        : "nothing"
    : "more";
  readonly success: O extends Schema
    ? Success<200, typeof Symbol.asyncIterator extends keyof R ? AsyncIterable<OutputOfSchema<O>> : OutputOfSchema<O>>
    : undefined extends O
      ? Undeclared<R>
      : ByStatus<O>;
  /** Every problem but the kernel's. */
  readonly documents: DocumentsOf<E, keyof E> | ItemDocuments<U>;
}

/** What declared an item's problems. Its documents are computed once for each item, whatever routes use it. */
export interface Declared<E extends Problems, U extends readonly Use[]> {
  readonly problems: E;
  readonly use: U;
  readonly documents: DocumentsOf<E, keyof E> | ItemDocuments<U>;
}

/** The problems of the items of a `use` list, and of what they use, however deep. */
type ItemDocuments<U extends readonly Use[]> = Said<(U[number]["~types"] & {})["documents"]>;
/** Without those of items whose type does not say them: `Provider<"db", Db>`. */
type Said<Document> = Document extends { readonly status: number } ? Document : never;

// ── What tests and tools read from a route ────────────────────────────────────────────────────────────

type Part = "params" | "query" | "headers" | "cookies" | "body";
type In<S> = S extends Schema ? (S["~standard"]["types"] & {})["input"] : undefined;
type InputRecord<T> = { readonly [K in Part & keyof T as undefined extends T[K] ? never : K]: In<T[K]> };

/**
 * What a caller gives: an object with `params`, `query`, `headers`, `cookies` and `body`, as far as declared.
 * In brackets, because a conditional that distributes over all routes of an interface costs 650 instantiations for each.
 */
export type InputOf<R> = [R] extends [{ readonly "~types"?: infer T }] ? InputRecord<NonNullable<T>> : never;

type Wire<R> = R extends Response ? never : R extends Reply<number, infer V> ? V : R;
/** What a successful answer carries. */
export type OutputOf<R> = R extends { readonly "~types"?: infer T }
  ? NonNullable<T> extends { readonly output: infer O; readonly result: infer V }
    ? O extends Schema
      ? Sent<O>
      : O extends Outputs
        ? Sent<O[keyof O & number]>
        : Wire<V>
    : never
  : never;

type Named<D> = D extends { readonly name: infer Name; readonly status: infer Status; readonly data: infer Data }
  ? { name: Name; status: Status; data: Data }
  : never;
/** Every problem that a route may answer with, its items' included: a union of `{ name, status, data }`. */
export type ProblemsOf<R> = R extends { readonly "~types"?: infer T }
  ? NonNullable<T> extends { readonly documents: infer D }
    ? Named<D>
    : never
  : never;
