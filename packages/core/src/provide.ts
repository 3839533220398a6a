import type { Awaitable } from "./boundary.ts";
import type { MetaEntry } from "./meta.ts";
import type { Middleware } from "./middleware.ts";
import type { Fail, Problems } from "./problem.ts";
import type { ItemContext } from "./request/context.ts";
import type { Declared } from "./route-types.ts";

/** What is known of an item's problems where its type does not say them: that each has a name. */
export interface Declares {
  readonly documents: { readonly name: PropertyKey };
}

/** A named value that a route, middleware or another provider asks for by listing it under `use`. */
export interface Provider<Name extends string = string, Value = unknown, Errors extends Declares = Declares> {
  readonly kind: "provider";
  readonly name: Name;
  readonly scope: Scope;
  readonly use: readonly Use[];
  readonly problems: Problems;
  readonly meta: readonly MetaEntry[];
  /** `undefined` for a port. */
  readonly create: ((ctx: never) => Awaitable<Value>) | undefined;
  readonly dispose: ((value: never, ending: Ending) => Awaitable<void>) | undefined;
  /** Replaces this provider by another one in an app. */
  to(provider: Provider<string, Value>): Binding;
  /** Replaces this provider by a value in an app: for tests. */
  with(value: Value): Binding;
  readonly "~types"?: { readonly value: Value; readonly documents: Errors["documents"] };
}

export type Scope = "app" | "request";

/** How the request (or the app's life) that a value was made for ended. */
export interface Ending {
  /** What was thrown, a problem included; `undefined` when all went well. */
  readonly error: unknown;
}

/** Said to an app: wherever `target` is asked for, `provider` gives the value. */
export interface Binding {
  readonly target: Provider;
  readonly provider: Provider;
}

/** What can stand in a `use` list. */
export type Use = Provider | Middleware | MetaEntry;

/** The values that a `use` list gives, by name. */
export type Provided<U extends readonly Use[]> = {
  readonly [P in Extract<U[number], { kind: "provider" }> as P["name"]]: P extends Provider<string, infer V>
    ? V
    : never;
};

export interface ProviderShape<U, V, E> {
  /** Other providers whose values `create` needs, middleware that must run before. */
  readonly use?: U;
  /** Problems that `create` may answer with. */
  readonly problems?: E;
  readonly meta?: readonly MetaEntry[];
  /** Called once when the request has been answered (streams included) or the app closes; may commit, roll back, release. */
  readonly dispose?: (value: V, ending: Ending) => Awaitable<void>;
}

/**
 * Makes a provider. `scope: "app"` creates the value once, before the first request; the default, `"request"`,
 * once for each request that needs it, however many items ask.
 *
 * @example
 * const db = provide("db", { scope: "app", dispose: (db) => db.close() }, () => connect());
 * const user = provide("user", { use: [db], problems: { unauthenticated: problem(401, "Sign in") } },
 *   async ({ db, header, fail }) => (await db.userOf(header("authorization"))) ?? fail.unauthenticated());
 */
export function provide<
  const Name extends string,
  const U extends readonly Use[] = [],
  V = void,
  const E extends Problems = {},
>(
  name: Name,
  shape: ProviderShape<U, V, E> & { readonly scope: "app" },
  create: (ctx: Provided<U> & { readonly fail: Fail<E> }) => Awaitable<V>,
): Provider<Name, V, Declared<E, U>>;
export function provide<
  const Name extends string,
  const U extends readonly Use[] = [],
  V = void,
  const E extends Problems = {},
>(
  name: Name,
  shape: ProviderShape<U, V, E> & { readonly scope?: "request" },
  create: (ctx: ItemContext & Provided<U> & { readonly fail: Fail<E> }) => Awaitable<V>,
): Provider<Name, V, Declared<E, U>>;
export function provide(
  name: string,
  shape: ProviderShape<readonly Use[], never, Problems> & { readonly scope?: Scope },
  create: (ctx: never) => unknown,
): Provider {
  return makeProvider(name, shape.scope ?? "request", create, shape);
}

/**
 * A provider whose implementation the app chooses; an app that leaves a needed one unbound does not compile.
 *
 * @example
 * const identity = port<Identity>()("identity");
 * createApp({ bind: [identity.to(sessions)] });
 */
export function port<V>(): <const Name extends string>(name: Name) => Provider<Name, V, Declared<{}, []>> {
  return (name) => makeProvider(name, "request", undefined, {});
}

function makeProvider<Name extends string, V, Errors extends Declares>(
  name: Name,
  scope: Scope,
  create: ((ctx: never) => Awaitable<V>) | undefined,
  shape: ProviderShape<readonly Use[], never, Problems>,
): Provider<Name, V, Errors> {
  const provider: Provider<Name, V, Errors> = {
    kind: "provider",
    name,
    scope,
    use: shape.use ?? [],
    problems: shape.problems ?? {},
    meta: shape.meta ?? [],
    create,
    dispose: shape.dispose,
    to: (other) => ({ target: provider, provider: other }),
    with: (value) => ({ target: provider, provider: makeProvider(name, "app", () => value, {}) }),
  };
  return provider;
}
