import type { DevEnvironment } from "vite";
import type { ModuleRunner } from "vite/module-runner";

type ModuleNode = NonNullable<ReturnType<ModuleRunner["evaluatedModules"]["getModuleById"]>>;

/** The app's modules as they are in memory. */
export interface LiveModules {
  /** Whether the app was built with a file's code, and not only with its address. */
  uses(file: string): boolean;
  /** Forgets changed files and all that was evaluated with them. Tells whether the app module must be imported again. */
  invalidate(files: readonly string[]): { readonly touched: number; readonly app: boolean };
  /** Forgets modules whose evaluation failed: they would fail the same way for ever. */
  forgetFailed(): Promise<void>;
}

/** `app` and `routes` are the files of the app module and of the generated routes, as Vite writes them. */
export function liveModules(
  app: string,
  routes: string,
  environment: DevEnvironment,
  runner: ModuleRunner,
): LiveModules {
  const { evaluatedModules } = runner;

  function modulesOf(file: string): readonly ModuleNode[] {
    const own = evaluatedModules.getModulesByFile(file) ?? below(`${file}/`);
    // `?url` is an address, which stays the same whatever is behind it.
    return [...own].filter(({ id }) => !/[?&]url\b/.test(id));
  }

  /** A folder that was renamed or removed took its files along. */
  function below(folder: string): readonly ModuleNode[] {
    return [...evaluatedModules.fileToModulesMap].flatMap(([file, nodes]) =>
      file.startsWith(folder) ? [...nodes] : [],
    );
  }

  function visit(node: ModuleNode, seen: Set<ModuleNode>): void {
    if (seen.has(node)) return;
    seen.add(node);
    for (const id of node.importers) {
      const importer = evaluatedModules.getModuleById(id);
      if (importer !== undefined && !isLazily(node, importer)) visit(importer, seen);
    }
  }

  /**
   * Whether the generated routes load a module only when it is asked for: they then get it anew without being new themselves.
   * Other modules may keep what they imported dynamically.
   */
  function isLazily(node: ModuleNode, importer: ModuleNode): boolean {
    if (importer.id !== routes) return false;
    const transformed = environment.moduleGraph.getModuleById(importer.id)?.transformResult;
    return transformed?.deps !== undefined && !transformed.deps.includes(node.url);
  }

  return {
    uses: (file) => modulesOf(file).length > 0,
    invalidate(files) {
      const seen = new Set<ModuleNode>();
      for (const file of files) for (const node of modulesOf(file)) visit(node, seen);
      for (const node of seen) evaluatedModules.invalidateModule(node);
      for (const file of files) environment.moduleGraph.onFileChange(file);
      return { touched: seen.size, app: [...seen].some(({ id }) => id === app) };
    },
    async forgetFailed() {
      const failed = new Set<ModuleNode>();
      for (const node of evaluatedModules.idToModuleMap.values()) node.promise?.then(undefined, () => failed.add(node));
      await new Promise((resolve) => setImmediate(resolve));
      for (const node of failed) {
        evaluatedModules.invalidateModule(node);
        // It may have been transformed while something that it imports was missing.
        environment.moduleGraph.onFileChange(node.file);
      }
    },
  };
}
