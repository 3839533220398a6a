import type { MetaRecord } from "../meta.ts";
import { type Mount, placeOf } from "../mount.ts";
import type { LazyRoute, Route } from "../route.ts";
import { jsonSchemaOf, propertiesOf } from "../schema.ts";
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
  readonly params: readonly string[];
  readonly mount: Mount;
}

const PARAM = /^[:*][A-Za-z_][\w-]*\??$/;
const METHOD = /^(?:\*|[A-Z][A-Z-]*)$/;

/** Pure: all mounts as patterns, with conflicts, shadowed paths and malformed paths reported. */
export function tabulate(mounts: readonly Mount[], report: Report): readonly Pattern[] {
  const patterns: Pattern[] = [];
  const taken = new Map<string, Pattern>();
  for (const mount of mounts) {
    for (const pattern of patternsOf(mount, report)) {
      const key = `${mount.method} ${pattern.path.replace(/(^|\/)([:*])[^/]*/g, "$1$2")}`;
      const other = taken.get(key);
      if (other === undefined) {
        taken.set(key, pattern);
        patterns.push(pattern);
      } else reportClash(pattern, other, report);
    }
  }
  return patterns;
}

function reportClash({ method, path, mount }: Pattern, other: Pattern, report: Report): void {
  const [here, there] = [placeOf(mount), placeOf(other.mount)];
  const same = path === other.path;
  report({
    code: same ? "OS_CONFLICTING_PATH" : "OS_SHADOWED_PATH",
    where: here,
    message: same
      ? `${method} ${path} is mounted twice: in ${here} and in ${there}.`
      : `${method} ${path} is never reached: ${other.path} takes the same paths (${here} and ${there}).`,
    mend: "Remove one of them, or give it another path.",
  });
}

function patternsOf(mount: Mount, report: Report): readonly Pattern[] {
  const { method, path } = mount;
  const wrong = (message: string, mend: string): readonly Pattern[] => {
    report({ code: "OS_MALFORMED_PATH", where: placeOf(mount), message, mend });
    return [];
  };
  if (!METHOD.test(method)) return wrong(`${JSON.stringify(method)} is no method.`, "Write it in capitals, such as GET, or * for all.");
  if (!path.startsWith("/")) return wrong(`The path ${JSON.stringify(path)} does not begin with a slash.`, `Write ${JSON.stringify(`/${path}`)}.`);
  const segments = path.slice(1).split("/");
  const names = segments.filter((segment) => /^[:*]/.test(segment));
  const bad = names.find((name) => !PARAM.test(name));
  if (bad !== undefined) return wrong(`${bad} in ${path} is no parameter.`, "Write :name, :name? or *name with a name of letters, digits, _ and -.");
  const params = names.map((name) => name.slice(1).replace("?", ""));
  if (new Set(params).size < params.length || params.includes("__proto__")) return wrong(`A parameter's name in ${path} cannot be used.`, "Give each parameter a name of its own.");
  if (segments.some((segment, i) => segment.startsWith("*") && i < segments.length - 1)) return wrong(`*name stands within ${path}.`, "The rest of a path can only be last.");
  const literal = segments.map((segment) => (/^[:*]/.test(segment) ? segment : canonicalPath(`/${encodeURI(segment).replaceAll("%25", "%")}`)?.slice(1)));
  if (literal.some((segment) => segment === undefined) || segments.some((segment) => segment === "." || segment === ".."))
    return wrong(`The path ${path} has a segment that no request can have.`, "Take out dots that stand alone, backslashes and bad escapes.");

  let variants: string[][] = [[]];
  for (const segment of literal) {
    const name = segment?.replace(/\?$/, "") ?? "";
    const optional = segment !== name && /^[:*]/.test(name);
    variants = variants.flatMap((variant) => (optional ? [[...variant, name], variant] : [[...variant, segment ?? ""]]));
  }
  return variants.map((variant) => ({ method, mount, params, path: `/${variant.join("/")}` }));
}

/** Holds a params schema against its path. */
export function checkParams(mount: Mount, route: Route, params: readonly string[], report: Report): void {
  const schema = route.shape.params && jsonSchemaOf(route.shape.params, "input");
  const properties = propertiesOf(schema);
  if (schema === undefined || properties === undefined) return;
  const declared = Object.keys(properties);
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const missing = required.filter((name) => !params.includes(name));
  const open = schema["additionalProperties"] !== undefined && schema["additionalProperties"] !== false;
  const unknown = open ? [] : params.filter((name) => !declared.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  const parts = [
    ...(missing.length > 0 ? [`the schema wants ${missing.join(", ")}, which the path does not have`] : []),
    ...(unknown.length > 0 ? [`the path has ${unknown.join(", ")}, which the schema does not know`] : []),
  ];
  report({ code: "OS_PARAMS_MISMATCH", where: placeOf(mount), message: `${mount.method} ${mount.path}: ${parts.join("; ")}.`, mend: "Give both the same names." });
}
