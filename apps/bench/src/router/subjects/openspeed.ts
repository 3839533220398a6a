// The matcher is the kernel's own affair and no package export, so it is imported by its place.
import { createMatcher, type Matcher } from "../../../../../packages/core/src/compile/matcher.ts";
import type { TableRoute } from "../route.ts";
import { readParams, type Router } from "../router.ts";

/** One matcher a method, as the kernel keeps them. */
export function createRouter(): Router {
  const matchers = new Map<string, Matcher<TableRoute>>();
  return {
    add(route) {
      let matcher = matchers.get(route.method);
      if (matcher === undefined) matchers.set(route.method, (matcher = createMatcher()));
      matcher.add(route.pattern, route);
    },
    read(method, path, params) {
      const match = matchers.get(method)?.find(path);
      return match && readParams(match.value, match.params, params);
    },
  };
}
