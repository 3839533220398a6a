import type { Awaitable } from "./boundary.ts";
import type { Fail, Problems } from "./problem.ts";
import type { Provided, Use } from "./provide.ts";
import type { Reply } from "./reply.ts";
import type { ServerSentEvent } from "./request/event.ts";
import type { Context, Strings } from "./request/context.ts";
import type { RouteTypes } from "./route-types.ts";
import type { Duration, Size } from "./limits.ts";
import type { Schema } from "./schema.ts";

type Out<S, Otherwise> = S extends Schema ? NonNullable<S["~standard"]["types"]>["output"] : Otherwise;
type In<S, Otherwise> = S extends Schema ? NonNullable<S["~standard"]["types"]>["input"] : Otherwise;

/** Schemas by status; `null` where a status has no body. */
export type Outputs = { readonly [status: number]: Schema | null };

/** What a handler may return, given what its route declares. */
export type Returned<O> = O extends Schema
  ? In<O, never> | AsyncIterable<In<O, never> | ServerSentEvent<In<O, never>>> | Reply<200, In<O, never>> | Response
  : O extends Outputs
    ?
        | { [S in keyof O & number]: Reply<S, In<O[S], undefined>> }[keyof O & number]
        | In<O[keyof O & number], undefined>
        | Response
    : unknown;

/** What a route takes, gives and uses. Everything is optional; everything said here is in the graph. */
export interface Shape<U, P, Q, H, C, B, O, E, F> {
  /** Providers, middleware and metadata, outermost first. */
  readonly use?: U;
  /** Path parameters. Strings are first decoded to the types that the schema's JSON Schema declares. */
  readonly params?: P;
  readonly query?: Q;
  readonly headers?: H;
  readonly cookies?: C;
  /** A schema takes JSON; `form()`, `text()`, `bytes()` and `stream()` take other bodies. */
  readonly body?: B;
  /** A schema for status 200, or schemas by status. */
  readonly output?: O;
  /** Problems that the handler may answer with, thrown by `fail.name()`. */
  readonly problems?: E;
  /** Media types that the handler can answer with, best first; the one agreed on is `ctx.offer` (RFC 9110 §12.5.1). */
  readonly offers?: F;
  readonly limits?: { readonly body?: Size; readonly handler?: Duration };
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
}

export type AnyShape = Shape<
  readonly Use[],
  Schema | undefined,
  Schema | undefined,
  Schema | undefined,
  Schema | undefined,
  Schema | undefined,
  Schema | Outputs | undefined,
  Problems,
  readonly string[] | undefined
>;

/** What a handler sees: the request, what its route declared, and the values it uses. */
export type HandlerContext<U extends readonly Use[], P, Q, H, C, B, E, F, Path> = Context &
  Provided<U> & {
    readonly params: Out<P, Path>;
    readonly query: Out<Q, Strings>;
    readonly headers: Out<H, undefined>;
    readonly cookies: Out<C, undefined>;
    readonly body: Out<B, undefined>;
    readonly offer: F extends readonly string[] ? F[number] : undefined;
    readonly fail: Fail<E>;
  };

/** What a handler sees when its route declares nothing. */
export type PlainContext<Path> = Context & { readonly params: Path; readonly query: Strings };

/** A route is a value; a path is bound to it when it is mounted. */
export interface Route<T = unknown> {
  readonly kind: "route";
  readonly shape: AnyShape;
  readonly run: (ctx: never) => unknown;
  readonly "~types"?: T;
}

/**
 * Makes a route.
 *
 * @example
 * export const GET = route({ params: z.object({ id: z.uuid() }), output: User }, ({ params }) => find(params.id));
 */
export function route<R>(
  run: (ctx: PlainContext<Strings>) => Awaitable<R>,
): Route<RouteTypes<[], undefined, undefined, undefined, undefined, undefined, undefined, R, {}>>;
export function route<
  R extends Returned<O>,
  const U extends readonly Use[] = [],
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  H extends Schema | undefined = undefined,
  C extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  O extends Schema | Outputs | undefined = undefined,
  const E extends Problems = {},
  const F extends readonly string[] | undefined = undefined,
>(
  shape: Shape<U, P, Q, H, C, B, O, E, F>,
  run: (ctx: HandlerContext<U, P, Q, H, C, B, E, F, Strings>) => Awaitable<R>,
): Route<RouteTypes<U, P, Q, H, C, B, O, R, E>>;
export function route(shape: AnyShape | ((ctx: never) => unknown), run?: (ctx: never) => unknown): Route {
  return makeRoute(shape, run);
}

export function makeRoute(shape: AnyShape | ((ctx: never) => unknown), run?: (ctx: never) => unknown): Route {
  if (typeof shape === "function") return { kind: "route", shape: {}, run: shape };
  if (run === undefined) throw new TypeError("A route needs a handler: route(shape, handler).");
  return { kind: "route", shape, run };
}

/** A route that is imported when it is first needed. */
export interface LazyRoute<R extends Route = Route> {
  readonly kind: "lazy";
  readonly load: () => Promise<R>;
}

/**
 * @example
 * app.get("/reports", lazy(() => import("./reports.ts").then((module) => module.GET)));
 */
export function lazy<R extends Route>(load: () => Promise<R>): LazyRoute<R> {
  return { kind: "lazy", load };
}
