import type { RequestFailure } from "./failure.ts";
import type { StreamOptions } from "./options.ts";
import type { AnyRoutes, ArgumentsAt, ItemAt, Refusal, ValueAt } from "./route-types.ts";
import type { ClientEvent } from "./streams.ts";

/** No answer of the route: see its `failure.kind`. */
export interface Failure {
  readonly ok: false;
  readonly status?: undefined;
  readonly problem?: undefined;
  readonly headers?: undefined;
  readonly failure: RequestFailure;
}

type AnswerAt<Routes extends AnyRoutes, Key extends string> =
  | (Routes[Key]["~types"] & {})["success"]
  | Refusal<Routes[Key]["~types"] & {}>
  | Failure;

/** What a call gives: a value, one of the route's problems, or a failure. */
export type Answer<Api, Key extends string> = AnswerAt<Api & AnyRoutes, Key>;

type EventsArguments<Arguments> = Arguments extends readonly [infer Input]
  ? [input: Input & StreamOptions]
  : Arguments extends readonly [(infer Input)?]
    ? [input?: Input & StreamOptions]
    : never;

interface Streams<Routes extends AnyRoutes, Keys> {
  /**
   * Server-sent events, each with its id and name. Problems and failures are thrown while it is read.
   *
   * @example
   * for await (const { data } of desk.events("GET /ticks", { reconnect: true })) show(data);
   */
  events<Key extends string>(
    key: Key extends Keys ? Key : Keys,
    ...input: EventsArguments<ArgumentsAt<Routes, Key>>
  ): AsyncIterable<ClientEvent<ItemAt<Routes, Key>>>;
  /** The response as it is, whatever its status; failures are thrown. */
  raw<Key extends string>(key: Key extends Keys ? Key : Keys, ...input: ArgumentsAt<Routes, Key>): Promise<Response>;
}
interface Calls<Routes extends AnyRoutes, Keys> {
  <Key extends string>(
    key: Key extends Keys ? Key : Keys,
    ...input: ArgumentsAt<Routes, Key>
  ): Promise<AnswerAt<Routes, Key>>;
}
interface ThrowingCalls<Routes extends AnyRoutes, Keys> {
  <Key extends string>(
    key: Key extends Keys ? Key : Keys,
    ...input: ArgumentsAt<Routes, Key>
  ): Promise<ValueAt<Routes, Key>>;
}

/** Calls by route key; each gives an answer. */
export interface Client<Api> extends Calls<Api & AnyRoutes, keyof Api>, Streams<Api & AnyRoutes, keyof Api> {
  /** The same by path: `at.tickets[":id"].patch({ … })`. */
  readonly at: Paths<Api & AnyRoutes, keyof Api & string, "", Answers>;
}

/** Calls by route key; each gives its value, and throws a `RequestProblem` or a `RequestFailure`. */
export interface ThrowingClient<Api>
  extends ThrowingCalls<Api & AnyRoutes, keyof Api>, Streams<Api & AnyRoutes, keyof Api> {
  readonly at: Paths<Api & AnyRoutes, keyof Api & string, "", Values>;
}

// ── Paths as properties: one pass over the keys of a level, when the level is touched ─────────────────

interface Answers {
  readonly throws: false;
}
interface Values {
  readonly throws: true;
}
type Call<Routes extends AnyRoutes, Key extends string, Mode> = (
  ...input: ArgumentsAt<Routes, Key>
) => Promise<Mode extends Answers ? AnswerAt<Routes, Key> : ValueAt<Routes, Key>>;

type MethodAt<Key, Prefix extends string> = Key extends `${infer Method} ${Prefix extends "" ? "/" : Prefix}`
  ? Lowercase<Method>
  : never;
type Below<Key, Prefix extends string> = Key extends `${string} ${Prefix}/${infer Rest}`
  ? Rest extends `${infer Segment}/${string}`
    ? Segment
    : Prefix | Rest extends ""
      ? never
      : Rest
  : never;

export type Paths<Routes extends AnyRoutes, Keys extends string, Prefix extends string, Mode> = {
  readonly [Key in Keys as MethodAt<Key, Prefix>]: Call<Routes, Key, Mode>;
} & {
  readonly [Key in Keys as Below<Key, Prefix>]: Paths<Routes, Key, `${Prefix}/${Below<Key, Prefix>}`, Mode>;
};
