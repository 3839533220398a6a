import { join } from "node:path";
import { normalizePath } from "vite";
import { PUBLIC_FOLDER } from "../build/public-files.ts";
import type { Engine } from "./engine.ts";
import type { GeneratedRoutes } from "./generated-routes.ts";

/** What decides how everything is loaded. */
export const SETTINGS: RegExp = /^(?:openspeed\.config\.m?[jt]s|tsconfig[^/]*\.json|package\.json)$/;

/**
 * Those of changed files that are the app's, to be named: editors leave files of their own beside those that they write.
 *
 * @param before those that were the app's before the change
 */
export function ofApp(
  paths: readonly string[],
  before: readonly string[],
  root: string,
  engine: Engine,
  routes: GeneratedRoutes,
): readonly string[] {
  const found = paths.filter((path) => before.includes(path) || isOfApp(path, root, engine, routes));
  return found.length === 0 ? paths : found;
}

/** Whether a file decides how the app is loaded, is a route, a part of it or of its pages, or is served as it is. */
export function isOfApp(path: string, root: string, { modules, server }: Engine, { scan }: GeneratedRoutes): boolean {
  const file = normalizePath(join(root, path));
  return (
    SETTINGS.test(path) ||
    path.startsWith(`${PUBLIC_FOLDER}/`) ||
    modules.uses(file) ||
    (server.environments.client.moduleGraph.getModulesByFile(file)?.size ?? 0) > 0 ||
    (scan?.routes.some((route) => route.file === path) ?? false)
  );
}
