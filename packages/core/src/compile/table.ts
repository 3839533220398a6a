import type { MetaRecord } from "../meta.ts";
import type { Mount } from "../mount.ts";
import type { Accepts } from "./matcher.ts";
import type { LazyRoute, Route } from "../route.ts";
import { canonicalPath } from "../request/path.ts";
import type { Report } from "./diagnose.ts";
import type { Resolved } from "./resolve.ts";

/** A mount that was checked and resolved. */
export interface MountedRoute {
  /** `GET /users/:id` */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly source: string | undefined;
  /** `undefined` while a lazy route was not loaded. */
  readonly route: Route | undefined;
  readonly lazy: LazyRoute | undefined;
  readonly mount: Mount;
  /** The names in its path. */
  readonly params: readonly string[];
  readonly meta: MetaRecord;
  readonly resolved: Resolved | undefined;
}

/** A path as the matcher takes it: canonical literals, and each optional parameter once with and once without. */
export interface Pattern {
  readonly method: string;
  readonly path: string;
  /** The path with numbers for its parameters' matchers in place of names: equal for patterns that take the same requests. */
  readonly outline: string;
  readonly accepts: Accepts | undefined;
  readonly params: readonly string[];
  readonly mount: Mount;
}

/** What matchers add to a mount's patterns; made where an app has some. */
export type Matching = (mount: Mount) => {
  readonly accepts: Accepts | undefined;
  /** Tells the matcher of a param from others, the same wherever it stands. */
  readonly numberOf: (param: string) => string;
  /** Matchers that could take nothing, by their params, and why not. */
  readonly faults: readonly (readonly [param: string, why: "schema" | "throws" | "async"])[];
};
const noNumber = (): string => "";

const PARAM = /^[:*][A-Za-z_][\w-]*\??$/;
const isParam = (segment: string): boolean => /^[:*]/.test(segment);
const METHOD = /^(?:\*|404|[A-Z][A-Z-]*)$/;

/** Pure: all mounts as patterns, with conflicts, shadowed paths and malformed paths reported. */
export function tabulate(mounts: readonly Mount[], report: Report, matching?: Matching): readonly Pattern[] {
  const patterns: Pattern[] = [];
  const taken = new Map<string, Pattern>();
  for (const mount of mounts) {
    for (const pattern of patternsOf(mount, matching, report)) {
      const key = `${mount.method} ${pattern.outline}`;
      const other = taken.get(key);
      if (other === undefined) {
        taken.set(key, pattern);
        patterns.push(pattern);
      } else if (other.mount !== mount) {
        report(
          pattern.path === other.path ? "OS_CONFLICTING_PATH" : "OS_SHADOWED_PATH",
          mount,
          `${mount.method} ${pattern.path}`,
          mount,
          other.mount,
          other.path,
        );
      }
    }
  }
  // Stable: the more a pattern asks of its params, the earlier it is tried.
  return patterns.sort((a, b) => asked(b) - asked(a));
}

function asked({ mount }: Pattern): number {
  return mount.matchers === undefined ? 0 : Object.keys(mount.matchers).length;
}

/**
 * A segment as requests have it. `undefined` for one that no request can have, such as dots that stand alone, and for an
 * escaped `:` or `*`, which would turn a literal into a parameter.
 */
function literalOf(segment: string): string | undefined {
  if (segment === "" || isParam(segment)) return segment;
  if (!segment.isWellFormed()) return undefined;
  const literal = canonicalPath(`/${encodeURI(segment).replaceAll("%25", "%")}`)?.slice(1);
  return literal === undefined || literal === "" || isParam(literal) ? undefined : literal;
}

function patternsOf(mount: Mount, matching: Matching | undefined, report: Report): readonly Pattern[] {
  const { method, path, matchers = {} } = mount;
  const segments = path.slice(1).split("/");
  const names = segments.filter(isParam);
  const params = names.map((name) => name.slice(1).replace("?", ""));
  const literal = segments.map(literalOf);
  const wrong = !METHOD.test(method)
    ? "method"
    : !path.startsWith("/")
      ? "slash"
      : !names.every((name) => PARAM.test(name))
        ? "param"
        : new Set(params).size < params.length || params.includes("__proto__")
          ? "name"
          : names.filter((name) => name.endsWith("?")).length > 8
            ? "optional"
            : segments.some((segment, i) => segment.startsWith("*") && i < segments.length - 1)
              ? "rest"
              : literal.includes(undefined)
                ? "segment"
                : Object.keys(matchers).some((name) => !params.includes(name))
                  ? "matcher"
                  : undefined;
  if (wrong !== undefined) {
    report("OS_MALFORMED_PATH", mount, wrong === "slash" ? path : `${method} ${path}`, wrong);
    return [];
  }
  let variants: string[][] = [[]];
  for (const segment of literal) {
    const name = segment?.replace(/\?$/, "") ?? "";
    const optional = segment !== name && isParam(name);
    variants = variants.flatMap((variant) =>
      optional ? [[...variant, name], variant] : [[...variant, segment ?? ""]],
    );
  }
  const { accepts, numberOf = noNumber, faults = [] } = matching?.(mount) ?? {};
  for (const [param, why] of faults) report("OS_MALFORMED_PATH", mount, `:${param} in ${method} ${path}`, why);
  return variants.map((variant) => {
    const outline = variant.map((segment) =>
      isParam(segment) ? segment.slice(0, 1) + numberOf(segment.slice(1)) : segment,
    );
    return { method, mount, params, accepts, path: `/${variant.join("/")}`, outline: `/${outline.join("/")}` };
  });
}
