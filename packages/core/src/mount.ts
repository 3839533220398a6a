import type { Awaitable } from "./boundary.ts";
import type { Problems } from "./problem.ts";
import type { Use } from "./provide.ts";
import type { Strings } from "./request/context.ts";
import {
  type AnyShape,
  type HandlerContext,
  type LazyRoute,
  makeRoute,
  type Outputs,
  type PlainContext,
  type Returned,
  type Route,
  type Shape,
} from "./route.ts";
import type { Schema } from "./schema.ts";

/** A route bound to a method and a path. */
export interface Mount {
  /** `GET`, `POST` …, `*` for every method, or `404` for paths that nothing else takes. */
  readonly method: string;
  readonly path: string;
  readonly route: Route | LazyRoute;
  /**
   * By param: a path whose text a schema refuses is not this mount's, and the next best is tried. What the schemas give is
   * what `matched()` takes. They must validate synchronously.
   */
  readonly matchers?: { readonly [param: string]: Schema };
  /** What stands around the route's own `use`: its group's or its folder's. */
  readonly use?: readonly Use[];
  /** Where it was written: a file, for messages and the graph. */
  readonly source?: string;
  /** Holds the place in the code where it was mounted; read only when something is wrong with it. */
  readonly trace?: { readonly stack?: string };
}

/** Routes by key: `"GET /users/:id"`, `"* /proxy/*path"`. */
export type RouteRecord = { readonly [key: string]: Route | LazyRoute };

/** The parameters of a path: `:name` (one segment), `:name?` (perhaps), `*name` (the rest). */
export type ParamsOf<Path extends string> = string extends Path
  ? Strings
  : { readonly [K in ParamNames<Path> as K extends `${string}?` ? never : K]: string } & {
      readonly [K in ParamNames<Path> as K extends `${infer Name}?` ? Name : never]?: string;
    };
type ParamNames<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? ParamName<Segment> | ParamNames<Rest>
  : ParamName<Path>;
type ParamName<Segment extends string> = Segment extends `:${infer Name}` | `*${infer Name}` ? Name : never;

/** Mounts one route at a path: a handler, a shape and a handler, or a route made elsewhere. */
export interface Verb<Self> {
  <const Path extends string, R>(path: Path, run: (ctx: PlainContext<ParamsOf<Path>>) => Awaitable<R>): Self;
  (path: string, route: Route | LazyRoute): Self;
  <
    const Path extends string,
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
    path: Path,
    shape: Shape<U, P, Q, H, C, B, O, E, F>,
    run: (ctx: HandlerContext<U, P, Q, H, C, B, E, F, ParamsOf<Path>>) => Awaitable<R>,
  ): Self;
}

/** A place to mount routes: the app itself, or a part of it under a prefix. */
export class Group {
  readonly #mounts: Mount[];
  readonly #prefix: string;
  readonly #use: readonly Use[];

  readonly get: Verb<this>;
  readonly post: Verb<this>;
  readonly put: Verb<this>;
  readonly patch: Verb<this>;
  readonly delete: Verb<this>;
  readonly head: Verb<this>;
  readonly options: Verb<this>;
  /** Every method that has no route of its own at this path. */
  readonly all: Verb<this>;

  constructor(mounts: Mount[], prefix: string, use: readonly Use[]) {
    this.#mounts = mounts;
    this.#prefix = prefix;
    this.#use = use;
    this.get = this.#verb("GET");
    this.post = this.#verb("POST");
    this.put = this.#verb("PUT");
    this.patch = this.#verb("PATCH");
    this.delete = this.#verb("DELETE");
    this.head = this.#verb("HEAD");
    this.options = this.#verb("OPTIONS");
    this.all = this.#verb("*");
  }

  /** Mounts routes by key (`{ "GET /users": list }`), or a list such as a file router makes. */
  mount(routes: RouteRecord | readonly Mount[]): this {
    for (const mount of toMounts(routes)) this.#add(mount, this.mount);
    return this;
  }

  /** A group under a prefix; what it uses stands around all its routes. */
  group(prefix: string, use: readonly Use[] = []): Group {
    return new Group(this.#mounts, this.#prefix + prefix, [...this.#use, ...use]);
  }

  #verb(method: string): Verb<this> {
    const verb = (
      path: string,
      first: AnyShape | Route | LazyRoute | ((ctx: never) => unknown),
      run?: (ctx: never) => unknown,
    ): this => {
      const route = typeof first === "object" && "kind" in first ? first : makeRoute(first, run);
      return this.#add({ method, path, route }, verb);
    };
    return verb;
  }

  #add(mount: Mount, caller: unknown): this {
    const trace: { stack?: string } = {};
    // V8 and JavaScriptCore: formatting waits until somebody reads the stack.
    if (mount.source === undefined)
      (Error as { captureStackTrace?: (target: object, above: unknown) => void }).captureStackTrace?.(trace, caller);
    const path = this.#prefix === "" ? mount.path : this.#prefix + (mount.path === "/" ? "" : mount.path);
    this.#mounts.push({ ...mount, path, use: [...this.#use, ...(mount.use ?? [])], trace });
    return this;
  }
}

export function toMounts(routes: RouteRecord | readonly Mount[]): readonly Mount[] {
  if (Array.isArray(routes)) return routes as readonly Mount[];
  return Object.entries(routes as RouteRecord).map(([key, route]) => {
    const space = key.indexOf(" ");
    return { method: key.slice(0, space), path: key.slice(space + 1), route };
  });
}
