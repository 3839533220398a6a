import { type Awaitable, type Incoming, isPromise, type Outcome } from "./boundary.ts";
import { compile, type Definition, resolveFallback, type Table } from "./compile/compile.ts";
import { Findings } from "./compile/diagnose.ts";
import { type Dispatch, makeDispatch, makeMatchers, missedRoute } from "./compile/dispatch.ts";
import { makePlan, type Plan } from "./compile/plan.ts";
import type { MountedRoute } from "./compile/table.ts";
import { loadTools, type Tools } from "./compile/tools.ts";
import { type LimitOptions, type Limits, resolveLimits } from "./limits.ts";
import { Group, type Mount, type RouteRecord, toMounts } from "./mount.ts";
import type { CompiledApp, Plugin, Wishes } from "./plugin.ts";
import { internalError } from "./problem.ts";
import type { Binding, Use } from "./provide.ts";
import type { ItemContext } from "./request/context.ts";
import type * as Web from "./web.ts";

/**
 * How much an app tells and checks. `development` and `test` validate every answer and refuse undeclared ones;
 * `production` sends what is declared.
 */
export type Mode = "production" | "development" | "test";

/** Where an error came from. JSON, for logs. */
export interface ErrorPlace {
  /** `urn:uuid:…`: the `instance` of the problem document that the client got, if it was answered with one (RFC 9457 §3.1.5). */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The route's key, such as `GET /users/:id`. Else `start`, `waitUntil`, `close`, `uncaughtException`; empty where none is known. */
  readonly route: string;
}

export interface AppOptions {
  /** Routes by key, or a list such as a file router makes. */
  readonly routes?: RouteRecord | readonly Mount[];
  /** Items around every route, and around 404. */
  readonly use?: readonly Use[];
  /** What stands for ports and other providers; the last word counts. */
  readonly bind?: readonly Binding[];
  readonly plugins?: readonly Plugin[];
  readonly limits?: LimitOptions;
  /** Whether a route without a policy is a compile error. Default `false`. */
  readonly strict?: boolean;
  /** Default: `NODE_ENV`, if it says `development` or `test`; else `production`. */
  readonly mode?: Mode;
  /**
   * Told of every error that no route declares, and with what its route's request knows: its headers, a request id among its
   * values. Default: `console.error`.
   */
  readonly onError?: (error: unknown, place: ErrorPlace, ctx: ItemContext | undefined) => unknown;
}

/** Loaded with the first `Request`: servers that hand over an `Incoming` of their own see none. */
let web: typeof Web | undefined;

/** A list of mounted routes with a life: compiled once, serving, closed. */
export class App extends Group {
  readonly mode: Mode;
  /** In numbers: bytes and milliseconds. Adapters enforce those of the transport. */
  readonly limits: Limits;
  readonly plugins: readonly Plugin[];
  /** What is served, by mount: lazy routes resolved as far as they were loaded. `undefined` before the app is ready. */
  routes: ReadonlyMap<Mount, MountedRoute> | undefined;
  readonly #options: AppOptions;
  readonly #mounts: Mount[];
  readonly #plugins: Plugin[];
  readonly #findings = new Findings();
  readonly #tools: Tools = {};
  readonly #work = new Set<Promise<unknown>>();
  #wishes: Promise<Wishes> | undefined;
  #starting: Promise<void> | undefined;
  #dispatch: Dispatch | undefined;

  constructor(options: AppOptions, mounts: Mount[]) {
    super(mounts, "", []);
    this.#options = options;
    this.#mounts = mounts;
    this.#plugins = [...(options.plugins ?? [])];
    this.plugins = this.#plugins;
    this.mode = options.mode ?? environment();
    this.limits = resolveLimits(options.limits ?? {}, this.#findings.report);
  }

  plugin(plugin: Plugin): this {
    this.#plugins.push(plugin);
    return this;
  }

  /** A new app with the same routes in which providers are replaced: `app.override([db.with(fake)])`. */
  override(bindings: readonly Binding[]): App {
    const options = { ...this.#options, plugins: this.#plugins, bind: [...(this.#options.bind ?? []), ...bindings] };
    return new App(options, [...this.#mounts]);
  }

  /**
   * Compiles everything, lazy routes included, without creating a value: for the graph and for checks. A description may
   * leave `strict` aside, which is a rule about starting.
   *
   * @throws CompileError with all that is wrong
   */
  async compile({ strict = this.#options.strict ?? false }: { strict?: boolean } = {}): Promise<CompiledApp> {
    const definition = { ...(await this.#define()), strict };
    const { tools } = definition;
    const findings = new Findings(this.#findings.list);
    const table = compile(definition, findings.report);
    const routes = await Promise.all(
      [...table.routes.values()].map((mounted) => tools.lazies?.load(mounted, definition, findings.report) ?? mounted),
    );
    await findings.check();
    return { app: this, routes };
  }

  /**
   * Compiles, sets plugins up and creates the app-scope values. Called by the first request if nobody did before.
   *
   * @throws CompileError with all that is wrong; what a provider throws
   */
  ready(): Promise<void> {
    // A value that could not be created may be created later, so a failed start is not the last one.
    return (this.#starting ??= this.#start().catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    }));
  }

  /**
   * Takes the place of an app that is serving, as a development server does when code changed. Compiles everything, takes
   * over the app-scope values whose providers and needs are the same ones as before, and creates the others; from then on
   * the app before passes its requests on. Close it when those under way have ended: that disposes what was not taken over.
   * If it throws, the app before goes on as it was.
   *
   * @throws CompileError with all that is wrong; what a provider throws
   */
  async succeed(before: App): Promise<void> {
    const { routes } = await this.compile();
    const [values, former] = [this.#tools.uses?.values, before.#tools.uses?.values];
    const needed = routes.flatMap(({ resolved }) => resolved?.app ?? []);
    await (values?.succeed(former, needed, () => this.ready()) ?? this.ready());
    before.#dispatch = (incoming) => this.handle(incoming);
    before.routes = this.routes;
  }

  /** Serves a request. Never throws, never rejects. */
  handle(incoming: Incoming): Awaitable<Outcome> {
    if (this.#dispatch !== undefined) return this.#dispatch(incoming);
    const failed = (error: unknown): Outcome => this.#failed(error, incoming, "start");
    return this.ready().then(() => this.#dispatch?.(incoming) ?? failed(new Error("The app is closed.")), failed);
  }

  /** Serves a web `Request`, on every runtime that has one. May be passed on without its app. */
  readonly fetch = (request: Request, platform?: unknown): Awaitable<Response> =>
    web === undefined
      ? import("./web.ts").then((loaded) => (web = loaded).serveRequest(this, request, platform))
      : web.serveRequest(this, request, platform);

  /** Work that goes on after its answer. Errors go to `onError`. */
  waitUntil(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => this.report(error, { route: "waitUntil" }))
      .finally(() => this.#work.delete(watched));
    this.#work.add(watched);
  }

  /**
   * Awaits work in the background, tells plugins, and disposes app-scope values in the reverse order of their making. All of it
   * has `grace` milliseconds; what has not ended by then is told to `onError` and not waited for.
   *
   * @param grace default `limits.shutdown`
   * @throws what went wrong, after all was tried; several errors as an `AggregateError`
   */
  async close(grace: number = this.limits.shutdown): Promise<void> {
    const { makeClosing } = await import("./closing.ts");
    const { end, over } = makeClosing(grace, (error) => this.report(error, { route: "close" }));
    await end("Work given to waitUntil", async () => {
      while (this.#work.size > 0) await Promise.all(this.#work);
    });
    const wishes = await this.#wishes?.catch(() => undefined); // whose plugins failed has not started
    for (const listener of wishes?.close.toReversed() ?? []) await end("A plugin", listener);
    this.#dispatch = undefined;
    this.#starting = undefined;
    await this.#tools.uses?.values.dispose(end);
    over();
  }

  /** All that was said, by options, calls and plugins, and the tools for it. */
  async #define(): Promise<Definition> {
    const wishes = await (this.#wishes ??= this.#setUp());
    const { routes = [], use = [], bind = [], strict = false } = this.#options;
    const mounts = [...toMounts(routes), ...this.#mounts, ...wishes.mounts];
    const around = [...use, ...wishes.wraps.map(({ item }) => item)];
    const shapes = mounts.flatMap(({ route, use: outer = [] }) => [
      { use: outer },
      route.kind === "route" ? route.shape : {},
    ]);
    await loadTools(this.#tools, {
      shapes: [{ use: around }, ...shapes],
      strict,
      limits: this.limits,
      matchers: mounts.some((mount) => mount.matchers),
      lazy: mounts.some(({ route }) => route.kind === "lazy"),
    });
    if (this.mode !== "production") this.#tools.honest = await import("./request/honest.ts");
    const bindings = new Map(bind.map(({ target, provider }) => [target, provider]));
    return { mounts, use, wraps: wishes.wraps, bindings, strict, limits: this.limits, tools: this.#tools };
  }

  async #setUp(): Promise<Wishes> {
    if (this.#plugins.length === 0) return { mounts: [], wraps: [], compiled: [], close: [] };
    const { setUp } = await import("./plugin.ts");
    return setUp(this.#plugins, this.mode);
  }

  async #start(): Promise<void> {
    const definition = await this.#define();
    const findings = new Findings(this.#findings.list);
    const table = compile(definition, findings.report);
    const fallback = resolveFallback(definition, findings.report);
    await findings.check();
    const routes = [...table.routes.values()];
    await this.#tools.uses?.values.create([...routes, fallback].flatMap(({ resolved }) => resolved?.app ?? []));
    for (const listener of (await this.#wishes)?.compiled ?? []) await listener({ app: this, routes });
    this.#dispatch = this.#serve(table, fallback, definition);
  }

  #serve({ patterns, routes }: Table, fallback: MountedRoute, definition: Definition): Dispatch {
    this.routes = routes;
    const plans = new Map(
      [...routes].map(([mount, mounted]) => [mount, this.#onFirstUse(mounted, definition, routes)]),
    );
    const matchers = makeMatchers(patterns, plans);
    return makeDispatch(matchers, this.#plan({ ...fallback, route: missedRoute(matchers) }), this.limits);
  }

  /** A route's plan is made when its first request comes, so that starting costs nothing for the others. */
  #onFirstUse(mounted: MountedRoute, definition: Definition, routes: Table["routes"]): Plan {
    let plan: Plan | undefined;
    const ready = async (loaded: MountedRoute): Promise<Plan> => {
      await this.#tools.uses?.values.create(loaded.resolved?.app ?? []);
      routes.set(loaded.mount, loaded);
      return this.#plan(loaded);
    };
    return (
      (mounted.lazy &&
        this.#tools.lazies?.plan(mounted, definition, ready, (error, incoming) =>
          this.#failed(error, incoming, mounted.key),
        )) ??
      ((incoming, path, params, search, instead) =>
        (plan ??= this.#plan(mounted))(incoming, path, params, search, instead))
    );
  }

  #plan({ key, route, resolved }: MountedRoute): Plan {
    if (route === undefined || resolved === undefined) throw new TypeError(`${key} was not loaded.`);
    return makePlan({
      key,
      route,
      resolved,
      limits: this.limits,
      tools: this.#tools,
      app: this,
      report: (error, ctx) => this.report(error, { method: ctx.method, path: ctx.path, route: key }, ctx),
    });
  }

  /** Tells of an error before there is a plan for it, and nothing of it to the client. */
  #failed(error: unknown, { method, target }: Incoming, route: string): Outcome {
    return internalError(this.report(error, { method, path: target, route })).outcome;
  }

  /** Tells `onError` of an error. Gives the id under which it was told. */
  report(
    error: unknown,
    { method = "", path = "", route = "" }: Partial<Omit<ErrorPlace, "id">>,
    ctx?: ItemContext,
  ): string {
    const id = `urn:uuid:${crypto.randomUUID()}`;
    const { onError } = this.#options;
    try {
      if (onError === undefined) console.error(`${method} ${path} (${route}) ${id}:`, error);
      else attend(onError(error, { id, method, path, route }, ctx));
    } catch (second) {
      complain(second);
    }
    return id;
  }
}

function attend(told: unknown): void {
  if (isPromise(told)) told.then(undefined, complain);
}

/** An error in telling of errors must not reach the request, not even one that cannot be printed. */
function complain(error: unknown): void {
  try {
    console.error(error);
  } catch {
    console.error("onError failed.");
  }
}

/**
 * Makes an app.
 *
 * @example
 * const app = createApp();
 * app.get("/hello/:name", ({ params }) => `Hello ${params.name}`);
 */
export function createApp(options: AppOptions = {}): App {
  return new App(options, []);
}

function environment(): Mode {
  try {
    const mode = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.["NODE_ENV"];
    return mode === "development" || mode === "test" ? mode : "production";
  } catch {
    return "production"; // Deno without leave to read the environment
  }
}
