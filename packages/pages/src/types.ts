import type { Problem, Problems, Reply, Route, RouteTypes, Schema, Use } from "@openspeed/core";
import type { ActionValue } from "./form.ts";
import type { Page } from "./page.ts";

type Types<R> = R extends Route<infer T> ? NonNullable<T> : Nothing;
type Nothing = RouteTypes<[], undefined, undefined, undefined, undefined, undefined, undefined, undefined, {}>;
type Html<T, Result, Body extends Schema | undefined, Errors extends Problems> = T extends {
  readonly use: infer U extends readonly Use[];
  readonly params: infer P extends Schema | undefined;
  readonly query: infer Q extends Schema | undefined;
  readonly headers: infer H extends Schema | undefined;
  readonly cookies: infer C extends Schema | undefined;
  readonly problems: infer E extends Problems;
}
  ? Route<RouteTypes<U, P, Q, H, C, Body, undefined, Result, E & Errors>>
  : never;

/** A page as a client sees it: its loader's inputs and problems, and HTML. For `.openspeed/api.d.ts`. */
export type PageGet<P> = P extends Page<infer L, unknown> ? Html<Types<L>, string, undefined, {}> : never;

/** A page's form as a client sees it: the action's inputs and problems; who accepts JSON gets what the action returned. */
export type PagePost<P> =
  P extends Page<unknown, infer A>
    ? Types<A> extends { readonly body: infer B extends Schema | undefined }
      ? Html<
          Types<A>,
          ActionValue<A> | string | Reply<303, undefined>,
          B,
          { readonly crossSite: Problem<403, undefined> }
        >
      : never
    : never;
