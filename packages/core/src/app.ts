import type { Awaitable, Incoming, Outcome } from "./boundary.ts";
import { compile, type Definition, resolveFallback, resolveRoute, type Table } from "./compile/compile.ts";
import { Findings } from "./compile/diagnose.ts";
import { type Dispatch, makeDispatch, makeMatchers, missedRoute } from "./compile/dispatch.ts";
import { makePlan, type Plan } from "./compile/plan.ts";
import type { MountedRoute } from "./compile/table.ts";
import { loadTools, type Tools } from "./compile/tools.ts";
import { type LimitOptions, type Limits, resolveLimits } from "./limits.ts";
import { Group, type Mount, type RouteRecord, toMounts } from "./mount.ts";
import type { CompiledApp, Plugin, Wishes } from "./plugin.ts";
import { kernelError, problemOutcome } from "./problem.ts";
import type { Binding, Use } from "./provide.ts";
import type { LazyRoute, Route } from "./route.ts";
import { serveRequest } from "./web.ts";

/**
 * How much an app tells and checks. `development` and `test` validate every answer and refuse undeclared ones;
 * `production` sends what is declared.
 */
export type Mode = "production" | "development" | "test";

/** Where an error came from. */
export interface ErrorPlace {
  readonly method: string;
  readonly path: string;
  /** The route's key, such as `GET /users/:id`. */
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
  /** Told of every error that no route declares. Default: `console.error`. */
  readonly onError?: (error: unknown, place: ErrorPlace) => void;
}

/** A list of mounted routes with a life: compiled once, serving, closed. */
export class App extends Group {
  readonly mode: Mode;
  /** In numbers: bytes and milliseconds. Adapters enforce those of the transport. */
  readonly limits: Limits;
  readonly plugins: readonly Plugin[];
  readonly #options: AppOptions;
  readonly #mounts: Mount[];
  readonly #plugins: Plugin[];
  readonly #findings = new Findings();
  readonly #tools: Tools = {};
  readonly #work = new Set<Promise<unknown>>();
  readonly #lazies = new Map<LazyRoute, Promise<Route>>();
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
    const findings = new Findings(this.#findings.list);
    const table = compile(definition, findings.report);
    const routes = await Promise.all(
      [...table.routes.values()].map(async (mounted) => this.#loaded(mounted, definition, findings)),
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
  }

  /** Serves a request. Never throws, never rejects. */
  handle(incoming: Incoming): Awaitable<Outcome> {
    if (this.#dispatch !== undefined) return this.#dispatch(incoming);
    const failed = (error: unknown): Outcome =>
      this.#internal(error, { method: incoming.method, path: incoming.target, route: "start" });
    return this.ready().then(() => this.#dispatch?.(incoming) ?? failed(new Error("The app is closed.")), failed);
  }

  /** Serves a web `Request`, on every runtime that has one. May be passed on without its app. */
  readonly fetch = (request: Request, platform?: unknown): Awaitable<Response> => serveRequest(this, request, platform);

  /** Work that goes on after its answer. Errors go to `onError`. */
  waitUntil(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => this.#report(error, { method: "", path: "", route: "waitUntil" }))
      .finally(() => this.#work.delete(watched));
    this.#work.add(watched);
  }

  /** Awaits work in the background, tells plugins, and disposes app-scope values in the reverse order of their making. */
  async close(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
    for (const listener of (await this.#wishes)?.close.toReversed() ?? []) await listener();
    this.#dispatch = undefined;
    this.#starting = undefined;
    await this.#tools.uses?.values.dispose();
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
    await loadTools(
      this.#tools,
      [{ use: around }, ...shapes],
      strict,
      mounts.some(({ matchers }) => matchers),
    );
    if (this.mode !== "production") this.#tools.honest = await import("./request/honest.ts");
    const bindings = new Map(bind.map(({ target, provider }) => [target, provider]));
    return { mounts, use, wraps: wishes.wraps, bindings, strict, tools: this.#tools };
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
    const plans = new Map([...routes].map(([mount, mounted]) => [mount, this.#onFirstUse(mounted, definition)]));
    const matchers = makeMatchers(patterns, plans);
    return makeDispatch(matchers, this.#plan({ ...fallback, route: missedRoute(matchers) }), this.limits);
  }

  /** A route's plan is made when its first request comes, so that starting costs nothing for the others. */
  #onFirstUse(mounted: MountedRoute, definition: Definition): Plan {
    let plan: Plan | undefined;
    let loading: Promise<Plan> | undefined;
    const failed = (error: unknown): Outcome => {
      loading = undefined;
      return this.#internal(error, { method: mounted.method, path: mounted.path, route: mounted.key });
    };
    return (incoming, path, params, search) => {
      if (plan === undefined && mounted.lazy !== undefined) {
        loading ??= this.#planWhenLoaded(mounted, definition);
        return loading.then((loaded) => (plan = loaded)(incoming, path, params, search), failed);
      }
      plan ??= this.#plan(mounted);
      return plan(incoming, path, params, search);
    };
  }

  async #planWhenLoaded(mounted: MountedRoute, definition: Definition): Promise<Plan> {
    const findings = new Findings();
    const loaded = await this.#loaded(mounted, definition, findings);
    await findings.check();
    await this.#tools.uses?.values.create(loaded.resolved?.app ?? []);
    return this.#plan(loaded);
  }

  async #loaded(mounted: MountedRoute, definition: Definition, findings: Findings): Promise<MountedRoute> {
    if (mounted.lazy === undefined) return mounted;
    const route = await this.#load(mounted.lazy);
    if (route?.kind !== "route") {
      findings.report("OS_ROUTE_EXPORT", mounted.mount, mounted.key);
      return mounted;
    }
    await loadTools(this.#tools, [route.shape], definition.strict, false);
    return resolveRoute(mounted, route, definition, findings.report);
  }

  /** Once for an app: what it has loaded is what it goes on serving, also while a development server loads newer code. */
  #load(lazy: LazyRoute): Promise<Route> {
    let loading = this.#lazies.get(lazy);
    if (loading === undefined) {
      loading = lazy.load();
      this.#lazies.set(lazy, loading);
      loading.catch(() => this.#lazies.delete(lazy)); // it may load later
    }
    return loading;
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
      onError: (error, { method, path }) => this.#report(error, { method, path, route: key }),
    });
  }

  /** Tells of an error, and nothing of it to the client. */
  #internal(error: unknown, place: ErrorPlace): Outcome {
    this.#report(error, place);
    return problemOutcome(kernelError("internal"));
  }

  #report(error: unknown, place: ErrorPlace): void {
    try {
      if (this.#options.onError !== undefined) this.#options.onError(error, place);
      else console.error(`${place.method} ${place.path} (${place.route}):`, error);
    } catch (second) {
      console.error(second); // an error in telling of errors must not reach the request
    }
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
