import type { DataTag, GetNextPageParamFunction, GetPreviousPageParamFunction } from "@tanstack/query-core";
import type { RequestFailure, RequestProblem } from "./failure.ts";
import type { ArgumentsOf, ProblemsOf, ValueOf } from "./route-types.ts";
import type { ThrowingClient } from "./surface.ts";

/** What a failed query or mutation holds. */
export type QueryErrorOf<Api, Key extends string> = RequestProblem<ProblemsOf<Api, Key>> | RequestFailure;

type Retry<Failed> = boolean | ((failures: number, error: Failed) => boolean);

/** A query's key: the route's, and the parts of the request that say what is asked for. */
export type RouteQueryKey<Key = string> = readonly [key: Key, input?: object];

export interface RouteQuery<Key, Value, Failed extends Error> {
  readonly queryKey: DataTag<RouteQueryKey<Key>, Value, Failed>;
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Value>;
  /** The client has retried what may be retried. */
  readonly retry: Retry<Failed>;
}

export interface RoutePages<Page, Value> {
  readonly initialPageParam: Page;
  readonly getNextPageParam: GetNextPageParamFunction<Page, Value>;
  readonly getPreviousPageParam?: GetPreviousPageParamFunction<Page, Value>;
}

export interface RouteInfiniteQuery<Key, Value, Failed extends Error, Page> extends RoutePages<Page, Value> {
  readonly queryKey: RouteQueryKey<Key>;
  readonly queryFn: (context: { readonly signal: AbortSignal; readonly pageParam: Page }) => Promise<Value>;
  readonly retry: Retry<Failed>;
}

export interface RouteMutation<Key, Value, Failed extends Error, Input> {
  readonly mutationKey: readonly [key: Key];
  readonly mutationFn: (input: Input) => Promise<Value>;
  readonly retry: Retry<Failed>;
}

type InputOf<Api, Key extends string> = ArgumentsOf<Api, Key>[0];

/** Options for TanStack Query, from route keys. */
export interface Queries<Api> {
  /** For `useQuery`, `fetchQuery`, `new QueryObserver` and their like. */
  query<const Key extends string>(
    key: Key extends keyof Api ? Key : keyof Api,
    ...input: ArgumentsOf<Api, Key>
  ): RouteQuery<Key, ValueOf<Api, Key>, QueryErrorOf<Api, Key>>;
  /** For `useInfiniteQuery`; `input` gives the request for a page. */
  infinite<const Key extends string, Page>(
    key: Key extends keyof Api ? Key : keyof Api,
    input: (page: Page) => InputOf<Api, Key>,
    pages: RoutePages<Page, ValueOf<Api, Key>>,
  ): RouteInfiniteQuery<Key, ValueOf<Api, Key>, QueryErrorOf<Api, Key>, Page>;
  /** For `useMutation`; `mutate` takes what the route takes. */
  mutation<const Key extends string>(
    key: Key extends keyof Api ? Key : keyof Api,
  ): RouteMutation<Key, ValueOf<Api, Key>, QueryErrorOf<Api, Key>, InputOf<Api, Key>>;
  /** Begins the key of every query of a route: `queryClient.invalidateQueries({ queryKey: queries.key("GET /tickets") })`. */
  key<const Key extends string>(key: Key extends keyof Api ? Key : keyof Api): readonly [key: Key];
}

/**
 * Options for TanStack Query, whatever the framework, from a client that throws.
 *
 * @example
 * const desk = createClient<Api>("https://desk.example", { throws: true });
 * const queries = createQueries(desk);
 * useQuery(queries.query("GET /tickets/:id", { params: { id } }));
 */
export function createQueries<Api>(client: ThrowingClient<Api>): Queries<Api>;
// The types of a key are what its route declares: see createClient().
export function createQueries(client: (key: string, input?: object) => Promise<unknown>): unknown {
  return {
    key: (key: string) => [key],
    query: (key: string, input?: object) => ({
      queryKey: queryKey(key, input),
      queryFn: ({ signal }: { signal: AbortSignal }) => client(key, { ...input, signal }),
      retry: false,
    }),
    infinite: (key: string, input: (page: unknown) => object, pages: RoutePages<unknown, unknown>) => ({
      ...pages,
      queryKey: [...queryKey(key, input(pages.initialPageParam)), "pages"],
      queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: unknown }) =>
        client(key, { ...input(pageParam), signal }),
      retry: false,
    }),
    mutation: (key: string) => ({
      mutationKey: [key],
      mutationFn: (input?: object) => client(key, input),
      retry: false,
    }),
  };
}

const PARTS = ["params", "query", "headers", "body"];

/** Without what only says how to send: a signal or a timeout makes no other query. */
function queryKey(key: string, input: object | undefined): readonly unknown[] {
  const asked = Object.entries(input ?? {}).filter(([name]) => PARTS.includes(name));
  return asked.length > 0 ? [key, Object.fromEntries(asked)] : [key];
}
