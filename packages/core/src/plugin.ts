import type { App, Mode } from "./app.ts";
import type { Awaitable } from "./boundary.ts";
import type { Diagnostic } from "./compile/compile-error.ts";
import type { MountedRoute } from "./compile/table.ts";
import type { Mount } from "./mount.ts";
import type { Use } from "./provide.ts";
import type { LazyRoute, Route } from "./route.ts";

/** What a plugin may do; what it did not declare is refused. */
export type Capability = "routes" | "wrap" | "compiled" | "close";

/** Adds routes, wraps routes, listens to compiling and closing. */
export interface Plugin {
  readonly name: string;
  /** Shown in the graph; a host refuses whatever is missing here. */
  readonly capabilities: readonly Capability[];
  readonly setup: (host: Host) => Awaitable<void>;
  /** What it finds wrong with an app that need not run: asked by `openspeed check`. */
  readonly check?: (app: App) => Awaitable<readonly Diagnostic[]>;
}

export interface Host {
  /** The app's own. */
  readonly mode: Mode;
  /** `routes`: mounts a route. */
  route(method: string, path: string, route: Route | LazyRoute, use?: readonly Use[]): void;
  /** `wrap`: puts an item around every route, or those that `only` picks, outside of what they use themselves. */
  wrap(item: Use, only?: (mount: Mount) => boolean): void;
  /** `compiled`: called before the first request, with all routes. If it throws, the app does not start. */
  onCompiled(listener: (app: CompiledApp) => Awaitable<void>): void;
  /** `close`: called when the app closes, before its providers are disposed. */
  onClose(listener: () => Awaitable<void>): void;
}

export interface CompiledApp {
  readonly app: App;
  readonly routes: readonly MountedRoute[];
}

/** What the plugins of one app asked for. */
export interface Wishes {
  readonly mounts: Mount[];
  readonly wraps: { readonly item: Use; readonly only: (mount: Mount) => boolean }[];
  readonly compiled: ((app: CompiledApp) => Awaitable<void>)[];
  readonly close: (() => Awaitable<void>)[];
}

export async function setUp(plugins: readonly Plugin[], mode: Mode): Promise<Wishes> {
  const wishes: Wishes = { mounts: [], wraps: [], compiled: [], close: [] };
  for (const plugin of plugins) await plugin.setup(hostFor(plugin, mode, wishes));
  return wishes;
}

function hostFor(plugin: Plugin, mode: Mode, wishes: Wishes): Host {
  const needs = (capability: Capability): void => {
    if (plugin.capabilities.includes(capability)) return;
    throw new TypeError(
      `OS_PLUGIN_CAPABILITY: the plugin ${plugin.name} did not declare the capability "${capability}" that it uses.`,
    );
  };
  return {
    mode,
    route(method, path, route, use = []) {
      needs("routes");
      wishes.mounts.push({ method, path, route, use, source: `plugin ${plugin.name}` });
    },
    wrap(item, only = () => true) {
      needs("wrap");
      wishes.wraps.push({ item, only });
    },
    onCompiled(listener) {
      needs("compiled");
      wishes.compiled.push(listener);
    },
    onClose(listener) {
      needs("close");
      wishes.close.push(listener);
    },
  };
}
