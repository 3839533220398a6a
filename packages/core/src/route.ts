import type { Awaitable } from "./boundary.ts";
import type { Context } from "./request/context.ts";
import type { Fail, Problems } from "./problem.ts";
import type { Provided, Use } from "./provide.ts";
import type { Schema } from "./schema.ts";

type Strings = Readonly<Record<string, string>>;
type Out<S, Otherwise> = S extends Schema ? NonNullable<S["~standard"]["types"]>["output"] : Otherwise;
type In<S, Otherwise> = S extends Schema ? NonNullable<S["~standard"]["types"]>["input"] : Otherwise;
export type Outputs = { readonly [status: number]: Schema | null };
export interface Reply<S extends number = number, V = unknown> { readonly kind: "reply"; readonly status: S; readonly value: V }
export type Returned<O> = O extends Schema ? In<O, never> | Reply<200, In<O, never>> | Response
  : O extends Outputs ? { [S in keyof O & number]: Reply<S, O[S] extends Schema ? In<O[S], never> : null> }[keyof O & number] | In<O[keyof O & number], null> | Response
  : unknown;

export interface Shape<U, P, Q, H, C, B, O, E, F> {
  readonly use?: U; readonly params?: P; readonly query?: Q; readonly headers?: H; readonly cookies?: C; readonly body?: B; readonly output?: O; readonly problems?: E; readonly offers?: F;
  readonly summary?: string;
}
export type HandlerContext<U extends readonly Use[], P, Q, H, C, B, E, F, Path> = Context & Provided<U> & {
  readonly params: Out<P, Path>; readonly query: Out<Q, Strings>; readonly headers: Out<H, undefined>; readonly cookies: Out<C, undefined>;
  readonly body: Out<B, undefined>; readonly fail: Fail<E>; readonly offer: F extends readonly string[] ? F[number] : undefined;
};
export interface Route<T = unknown> {
  readonly kind: "route";
  readonly "~types"?: T;
}
export declare function route<R>(run: (ctx: Context & { readonly params: Strings; readonly query: Strings }) => Awaitable<R>): Route<{result: R}>;
export declare function route<
  R extends Returned<O>,
  const U extends readonly Use[] = [], P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined,
  H extends Schema | undefined = undefined, C extends Schema | undefined = undefined, B extends Schema | undefined = undefined,
  O extends Schema | Outputs | undefined = undefined, const E extends Problems = {}, const F extends readonly string[] | undefined = undefined
>(
  shape: Shape<U, P, Q, H, C, B, O, E, F>,
  run: (ctx: HandlerContext<U, P, Q, H, C, B, E, F, Strings>) => Awaitable<R>,
): Route<{ use: U; params: P; query: Q; headers: H; cookies: C; body: B; output: O; result: R; problems: E }>;

type TypesOf<R> = R extends { readonly "~types"?: infer T } ? NonNullable<T> : never;
type InputOf<T> = { [K in "params"|"query"|"body" & keyof T as K extends keyof T ? T[K] extends Schema ? K : never : never]: K extends keyof T ? In<T[K], undefined> : never };
export type Client<Api> = <K extends keyof Api & string>(
  key: K, input: InputOf<TypesOf<Api[K]>>,
) => Promise<TypesOf<Api[K]> extends { output: infer O } ? Out<O, unknown> : never>;
