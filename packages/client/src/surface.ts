import type { RequestFailure } from "./failure.ts";
import type { StreamOptions } from "./options.ts";
import type { AnswerOf, ArgumentsOf, ItemOf, KeyOf, ValueOf } from "./route-types.ts";
import type { ClientEvent } from "./streams.ts";

/** No answer of the route: see its `failure.kind`. */
export interface Failure {
  readonly ok: false;
  readonly status?: undefined;
  readonly problem?: undefined;
  readonly headers?: undefined;
  readonly failure: RequestFailure;
}

/** What a call gives: a value, one of the route's problems, or a failure. */
export type Answer<Api, Key> = AnswerOf<Api, Key, Failure>;

type EventsArguments<Arguments> = Arguments extends readonly [infer Input]
  ? [input: Input & StreamOptions]
  : Arguments extends readonly [(infer Input)?]
    ? [input?: Input & StreamOptions]
    : never;

interface Streams<Api> {
  /**
   * Server-sent events, each with its id and name. Problems and failures are thrown while it is read.
   *
   * @example
   * for await (const { data } of desk.events("GET /ticks", { reconnect: true })) show(data);
   */
  events<Key extends string>(
    key: KeyOf<Api, Key>,
    ...input: EventsArguments<ArgumentsOf<Api, Key>>
  ): AsyncIterable<ClientEvent<ItemOf<Api, Key>>>;
  /** The response as it is, whatever its status; failures are thrown. */
  raw<Key extends string>(key: KeyOf<Api, Key>, ...input: ArgumentsOf<Api, Key>): Promise<Response>;
}

/** Calls by route key; each gives an answer. */
export interface Client<Api> extends Streams<Api> {
  <Key extends string>(key: KeyOf<Api, Key>, ...input: ArgumentsOf<Api, Key>): Promise<Answer<Api, Key>>;
  /** The same by path: `at.tickets[":id"].patch({ … })`. */
  readonly at: Paths<Api, keyof Api & string, "", Calls>;
}

/** Calls by route key; each gives its value, and throws a `RequestProblem` or a `RequestFailure`. */
export interface ThrowingClient<Api> extends Streams<Api> {
  <Key extends string>(key: KeyOf<Api, Key>, ...input: ArgumentsOf<Api, Key>): Promise<ValueOf<Api, Key>>;
  readonly at: Paths<Api, keyof Api & string, "", ThrowingCalls>;
}

// ── Paths as properties: one pass over the keys of a level, when the level is touched ─────────────────

interface Calls {
  readonly throws: false;
}
interface ThrowingCalls {
  readonly throws: true;
}
type Call<Api, Key, Mode> = (
  ...input: ArgumentsOf<Api, Key>
) => Promise<Mode extends Calls ? Answer<Api, Key> : ValueOf<Api, Key>>;

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

export type Paths<Api, Keys extends keyof Api & string, Prefix extends string, Mode> = {
  readonly [Key in Keys as MethodAt<Key, Prefix>]: Call<Api, Key, Mode>;
} & {
  readonly [Key in Keys as Below<Key, Prefix>]: Paths<Api, Key, `${Prefix}/${Below<Key, Prefix>}`, Mode>;
};
