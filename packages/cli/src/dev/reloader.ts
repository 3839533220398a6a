import { existsSync } from "node:fs";
import { join } from "node:path";
import type { App, Diagnostic } from "@openspeed/core";
import { normalizePath } from "vite";
import { PUBLIC_FOLDER, publicFiles } from "../build/public-files.ts";
import { type Config, loadConfig } from "../config.ts";
import { Fault } from "../fault.ts";
import { whyNot } from "../load-app.ts";
import { ISLAND, RESOLVED_ENTRY } from "../vite/islands.ts";
import { namedItems } from "../unusable-items.ts";
import { projectPaths } from "../vite/project-files.ts";
import type { News } from "./channel.ts";
import { type Engine, openEngine } from "./engine.ts";
import { type GeneratedRoutes, isKept, openRoutes } from "./generated-routes.ts";
import type { Generations } from "./generations.ts";
import { isOfApp, ofApp, SETTINGS } from "./of-app.ts";
import { type TroubleItem, withFrames } from "./trouble.ts";

/** Told of what becomes of each change. */
export interface Witness {
  reloaded(paths: readonly string[], milliseconds: number): void;
  /** `serves`: whether a version before goes on serving. */
  failed(diagnostics: readonly Diagnostic[], serves: boolean): void;
  restyled(paths: readonly string[]): void;
}

/** Makes the newest code that works the code that serves. */
export interface Reloader {
  readonly version: number;
  /** Why the newest code does not serve; empty if it does. */
  readonly trouble: readonly TroubleItem[];
  readonly engine: Engine | undefined;
  /** Settles when every change that was seen serves, or has been found wrong; `undefined` if nothing is under way. */
  settled(): Promise<void> | undefined;
  seen(): void;
  changed(paths: readonly string[]): void;
  close(): Promise<void>;
}

interface ReloaderOptions {
  readonly root: string;
  readonly config: Config;
  readonly generations: Generations;
  readonly tell: (news: News) => void;
  readonly witness: Witness;
}

/** Begins with a first load, during which requests wait. */
export function createReloader({ root, config, generations, tell, witness }: ReloaderOptions): Reloader {
  let engine: Engine | undefined;
  let routes: GeneratedRoutes | undefined;
  let trouble: readonly TroubleItem[] = [];
  // Pages that stayed open while the server was away know another number.
  let version = Date.now();
  let waiting = new Set<string>();
  const known = new Set(projectPaths(root));
  let isFirst = true;
  /** Since settings changed, until an engine with them serves. */
  let mustOpen = true;
  let settled: PromiseWithResolvers<void> | undefined;
  let running = false;
  let closed = false;

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while (hasWork()) {
      const paths = [...waiting];
      isFirst = false;
      waiting = new Set();
      await attempt(paths);
    }
    running = false;
    settled?.resolve();
    settled = undefined;
  }

  function hasWork(): boolean {
    return (isFirst || waiting.size > 0) && !closed;
  }

  async function attempt(heard: readonly string[]): Promise<void> {
    // Some systems tell of files that there never were, and writers of theirs that are gone again.
    const paths = heard.filter((path) => !isKept(path) && (existsSync(join(root, path)) || known.has(path)));
    for (const path of paths) known.add(path);
    const began = performance.now();
    try {
      if (heard.some(isKept)) await routes?.restore();
      if (heard.length > 0 && heard.every(isKept)) return;
      if (mustOpen || engine === undefined || routes === undefined || paths.some((path) => isForNewEngine(path)))
        await reopen(paths);
      else await apply(paths, engine, routes, began);
    } catch (error) {
      // Read first: once the modules are forgotten, nobody maps the stack back to their sources.
      const diagnostics = await faultsOf(error);
      await engine?.modules.forgetFailed();
      trouble = withFrames(diagnostics, root);
      const serves = generations.current !== undefined;
      witness.failed(diagnostics, serves);
      tell({ kind: "trouble", trouble, serves });
    }
  }

  async function faultsOf(error: unknown): Promise<readonly Diagnostic[]> {
    if (error instanceof Fault) return error.diagnostics;
    const found = whyNot(error, { ...config, root });
    try {
      return engine === undefined ? found : await namedItems(found, routes?.scan, engine.load, root);
    } catch {
      return found; // a _use file that does not load has been told of
    }
  }

  function isForNewEngine(path: string): boolean {
    return SETTINGS.test(path) || (ISLAND.test(path) && engine?.hasIslands === false);
  }

  /** The engine before goes on until the new one serves. */
  async function reopen(paths: readonly string[]): Promise<void> {
    const began = performance.now();
    mustOpen = true;
    const isAlone = engine === undefined;
    const settings = isAlone && paths.length === 0 ? config : await loadConfig(root, `${Date.now()}`);
    const nextRoutes = await openRoutes(settings);
    const next = await openEngine(settings, nextRoutes, () => tell({ kind: "reload", version }));
    // A first engine stays even if its app does not load: it knows what to load again.
    if (isAlone) [engine, routes, mustOpen] = [next, nextRoutes, false];
    try {
      refuse(nextRoutes);
      await succeed(next);
    } catch (error) {
      if (!isAlone) await next.close();
      throw error;
    }
    if (!isAlone) {
      const before = engine;
      [engine, routes, mustOpen] = [next, nextRoutes, false];
      await before?.close();
    }
    if (paths.length > 0) witness.reloaded(ofApp(paths, [], root, next, nextRoutes), performance.now() - began);
    mended();
  }

  async function apply(
    paths: readonly string[],
    engine: Engine,
    routes: GeneratedRoutes,
    began: number,
  ): Promise<void> {
    const files = paths.map((path) => normalizePath(join(root, path)));
    const { client, ssr } = engine.server.environments;
    for (const file of files) {
      client.moduleGraph.onFileChange(file);
      const event = existsSync(file) ? "create" : "delete";
      // What could not be resolved before may be resolved now.
      for (const { pluginContainer } of [client, ssr]) await pluginContainer.watchChange(file, { event });
    }
    if (paths.some((path) => ISLAND.test(path))) client.moduleGraph.onFileChange(RESOLVED_ENTRY);
    const before = paths.filter((path) => isOfApp(path, root, engine, routes));
    const routesChanged = await routes.update(paths);
    const isServer = routesChanged || files.some((file) => engine.modules.uses(file));
    const own = (): readonly string[] => ofApp(paths, before, root, engine, routes);
    const isPublic = paths.some((path) => path.startsWith(`${PUBLIC_FOLDER}/`));
    const stylesOnly = paths.every((path) => /\.(?:css|scss|sass|less|styl)$/.test(path));
    if (isServer || isPublic || trouble.length > 0 || routes.faults.length > 0) {
      engine.modules.invalidate(routesChanged ? [...files, routes.file] : files);
      refuse(routes);
      await succeed(engine);
      witness.reloaded(own(), performance.now() - began);
      if (stylesOnly && !isServer && trouble.length === 0) tell({ kind: "styles" });
      else mended();
    } else if (stylesOnly) {
      witness.restyled(own());
      tell({ kind: "styles" });
    } else if (files.some((file) => client.moduleGraph.getModulesByFile(file) !== undefined)) {
      witness.reloaded(own(), performance.now() - began);
      tell({ kind: "reload", version });
    }
  }

  /** The next version takes its place only when all of it compiles and has started. */
  async function succeed(engine: Engine): Promise<void> {
    const written = await engine.app();
    const app: App = written.override(await engine.bindings(version + 1));
    const files = publicFiles(root);
    if (files !== undefined) {
      const { assets } = await import("@openspeed/static");
      app.mount(assets(files));
    }
    // A first version succeeds one that never started: its routes' values are created as well, before anybody asks for them.
    await app.succeed(generations.current ?? app.override([]));
    version++;
    generations.swap(app);
  }

  function refuse({ faults }: GeneratedRoutes): void {
    if (faults.length > 0) throw new Fault(...faults);
  }

  function mended(): void {
    trouble = [];
    tell({ kind: "reload", version });
  }

  settled = Promise.withResolvers();
  void run();
  return {
    get version() {
      return version;
    },
    get trouble() {
      return trouble;
    },
    get engine() {
      return engine;
    },
    settled: () => settled?.promise,
    seen: () => void (settled ??= Promise.withResolvers()),
    changed(paths) {
      settled ??= Promise.withResolvers();
      for (const path of paths) waiting.add(path);
      void run();
    },
    async close() {
      closed = true;
      await engine?.close();
    },
  };
}
