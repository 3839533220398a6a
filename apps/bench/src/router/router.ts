import type { TableRoute } from "./route.ts";

/** A router under measurement. */
export interface Router {
  add(route: TableRoute): void;
  /** Finds the route of a path and reads its params by name into `params`, as a handler would. */
  read(method: string, path: string, params: string[]): TableRoute | undefined;
}

/** Reads params out of an object by the route's names. */
export function readParams(
  route: TableRoute,
  found: Readonly<Record<string, string | undefined>> | undefined,
  params: string[],
): TableRoute {
  const { names } = route;
  for (let i = 0; i < names.length; i++) params[i] = found?.[names[i] ?? ""] ?? "";
  return route;
}
