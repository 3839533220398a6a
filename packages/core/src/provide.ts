import type { Awaitable, Outcome } from "./boundary.ts";
import type { Context } from "./request/context.ts";
import type { MetaEntry } from "./meta.ts";
import type { Fail, Problems } from "./problem.ts";
import type { Middleware } from "./middleware.ts";

export interface Provider<Name extends string = string, Value = unknown, E = Problems> {
  readonly kind: "provider";
  readonly name: Name;
  readonly "~types"?: { value: Value; problems: E };
}
export type Use = Provider<string, unknown, unknown> | Middleware<unknown> | MetaEntry;
export type Provided<U extends readonly Use[]> = {
  readonly [P in Extract<U[number], { kind: "provider" }> as P["name"]]: P extends Provider<string, infer V, unknown> ? V : never;
};
export declare function provide<const Name extends string, const U extends readonly Use[] = [], V = void, const E extends Problems = {}>(
  name: Name,
  shape: { use?: U; scope?: "app" | "request"; problems?: E; dispose?: (value: V) => Awaitable<void> },
  create: (ctx: Context & Provided<U> & { readonly fail: Fail<E> }) => Awaitable<V>,
): Provider<Name, V, E | U[number]>;
