import type { CompiledApp } from "../plugin.ts";
import { canonicalPath, splitTarget } from "../request/path.ts";
import { makeMatchers } from "./dispatch.ts";
import { makeMatching } from "./matching.ts";
import { type MountedRoute, tabulate } from "./table.ts";

/**
 * Tells which route takes a request: by the very table and matcher that serve it, so that nobody has to read paths a second
 * time. `undefined` where none does.
 *
 * @example
 * const find = routeFinder(await app.compile());
 * find("GET", "/tickets/7?full=true")?.key; // "GET /tickets/:id"
 */
export function routeFinder({
  routes,
}: Pick<CompiledApp, "routes">): (method: string, target: string) => MountedRoute | undefined {
  const mounts = routes.map(({ mount }) => mount);
  // What is wrong with them was said when the app was compiled.
  const patterns = tabulate(mounts, () => undefined, makeMatching());
  const { byMethod } = makeMatchers(patterns, new Map(routes.map((each) => [each.mount, each])));
  return (method, target) => {
    const path = canonicalPath(splitTarget(target)?.path ?? "");
    return path === undefined ? undefined : (byMethod.get(method) ?? byMethod.get("*"))?.find(path)?.value;
  };
}
