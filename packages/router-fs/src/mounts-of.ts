/** What a module exports becomes mounts: no disk, no imports. */
import type { Diagnostic, LazyRoute, Mount, Route, Use } from "@openspeed/core";

/** What importing a file gave. */
export type Exports = Readonly<Record<string, unknown>>;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The mounts of one route file, methods in a fixed order. */
export function mountsOf(
  exports: Exports,
  path: string,
  use: readonly Use[],
  source: string,
  faults: Diagnostic[],
): Mount[] {
  const mounts: Mount[] = [];
  for (const method of METHODS) {
    if (!Object.hasOwn(exports, method)) continue;
    const value = exports[method];
    if (isRoute(value)) mounts.push({ method, path, route: value, use, source });
    else
      faults.push({
        code: "OS_ROUTE_EXPORT",
        message: `${method} is not a route.`,
        where: source,
        mend: `Write export const ${method} = route(…).`,
      });
  }
  const others = Object.keys(exports).filter((name) => !METHODS.includes(name));
  for (const name of others) faults.push(faultOfOther(name, source));
  if (mounts.length === 0 && others.length === 0 && !METHODS.some((method) => Object.hasOwn(exports, method))) {
    faults.push({
      code: "OS_ROUTE_MISSING",
      message: "It exports no route.",
      where: source,
      mend: "Write export const GET = route(…), or begin the file's name with _ if it is none.",
    });
  }
  return mounts;
}

/** The items of one `_use` file. */
export function itemsOf(exports: Exports, source: string, faults: Diagnostic[]): readonly Use[] {
  const list = exports["default"];
  if (Array.isArray(list) && list.every(isUse)) return list;
  const wrong = Array.isArray(list) ? list.findIndex((item) => !isUse(item)) : -1;
  faults.push({
    code: "OS_USE_EXPORT",
    message:
      wrong === -1 ? "Its default export is not a list." : `Item ${wrong} of its list is nothing that a route can use.`,
    where: source,
    mend: "Write export default [ … ] with providers, middleware and metadata.",
  });
  return [];
}

function faultOfOther(name: string, source: string): Diagnostic {
  const method = name.toUpperCase();
  return METHODS.includes(method)
    ? {
        code: "OS_ROUTE_EXPORT",
        message: `${name} is no method: methods are written in capitals.`,
        where: source,
        mend: `Name it ${method}.`,
      }
    : {
        code: "OS_ROUTE_EXPORT",
        message: `${name} is no method, and a route file exports nothing else.`,
        where: source,
        mend: "Move it to a file whose name begins with _, or outside the folder.",
      };
}

function isRoute(value: unknown): value is Route | LazyRoute {
  return hasKind(value, ["route", "lazy"]);
}

function isUse(value: unknown): value is Use {
  return hasKind(value, ["provider", "middleware", "meta"]);
}

function hasKind(value: unknown, kinds: readonly string[]): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    typeof value.kind === "string" &&
    kinds.includes(value.kind)
  );
}
