import { deepStrictEqual } from "node:assert/strict";
import { type Accepts, createMatcher } from "../../../../packages/core/src/compile/matcher.ts";
import { tryAll } from "../../../../packages/core/test/references/matcher.ts";
import { type Target, utf8 } from "../target.ts";

/** Lines of patterns, an empty one, lines of paths. */
export const matcher: Target<{ readonly createMatcher: typeof createMatcher }> = {
  name: "matcher",
  about: "a table finds for a path what trying every pattern finds, with the same params",
  sources: ["packages/core/src/compile/matcher.ts"],
  words: ["/", "/:a", "/:b", "/:y", "/*r", "\n", "\n\n", "/a", "/ab", "//", "%2F", "%25", "/é"],
  separators: ["\n", "/", "\n\n"],
  longest: 512,
  subject: { createMatcher },
  check({ createMatcher }, input) {
    const [table = "", paths = ""] = utf8(input).split("\n\n", 2);
    const patterns = table.split("\n").filter(isPattern);
    const matcher = createMatcher<string>();
    for (const pattern of patterns) matcher.add(pattern, pattern, accepts(pattern));
    for (const path of paths.split("\n")) {
      if (!isPath(path)) continue;
      const match = matcher.find(path);
      deepStrictEqual(match && { value: match.value, params: { ...match.params } }, tryAll(patterns, path, accepts));
    }
  },
};

/** As `canonicalPath` writes them; that has a target of its own. */
function isPath(path: string): boolean {
  return /^\/[ -~\x80-\uffff]*$/.test(path) && !/%(?!2F|25)/.test(path);
}

/** Names are told apart, a rest comes last: what the table of an app makes sure of. */
function isPattern(pattern: string): boolean {
  const names = pattern.split("/").filter((segment) => /^[:*]/.test(segment));
  return (
    isPath(pattern) &&
    names.every((name) => /^[:*]\w+$/.test(name) && name.slice(1) !== "__proto__") &&
    new Set(names.map((name) => name.slice(1))).size === names.length &&
    !/\/\*[^/]*\//.test(pattern)
  );
}

/** Patterns with a `:y` refuse values that begin with `a`, so that the next best has its turn. */
function accepts(pattern: string): Accepts {
  return pattern.includes(":y") ? (params) => !params["y"]?.startsWith("a") : () => true;
}
