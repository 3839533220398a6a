/**
 * A second reading of paths, naive and slow, written against what the kernel promises and not against how it does it: segments
 * are decoded one by one, every pattern is tried, and the best is chosen by sorting.
 */

/** Who may get to a handler. */
export type Access =
  | "public"
  /** Anyone who says who they are. */
  | "caller"
  /** Only the one that the param `id` names. */
  | "self"
  | "nobody";

/** A route as a subject tells it, beside the app that mounts it. */
export interface TableRoute {
  readonly method: string;
  readonly path: string;
  readonly access: Access;
  /** Params that only some texts may have. */
  readonly accepts?: { readonly [param: string]: RegExp };
  /** Real paths that it takes; by default its own with `7` for params and `a/b` for rests. */
  readonly examples?: readonly string[];
  /** Whether its handler is a package's own and no witness: only answers tell that it ran. */
  readonly silent?: boolean;
}

export type Reading =
  | { readonly kind: "malformed" }
  | { readonly kind: "route"; readonly route: TableRoute; readonly params: Readonly<Record<string, string>> }
  /** No route takes the method; `methods` tells whether others are there. */
  | { readonly kind: "none"; readonly others: boolean };

export function keyOf({ method, path }: Pick<TableRoute, "method" | "path">): string {
  return `${method} ${path}`;
}

export function readTarget(table: readonly TableRoute[], method: string, target: string): Reading {
  const path = pathOf(target);
  if (path === undefined) return { kind: "malformed" };
  if (path === "*") return { kind: "none", others: true };
  const own = best(table, candidates(table, method), path);
  if (own !== undefined) return own;
  const others = table.some((route) => route.method !== "404" && matchesOf(route, path).length > 0);
  const missed = others ? undefined : best(table, [["404"]], path);
  return missed ?? { kind: "none", others };
}

/** Methods that serve a request, each list after those before it. */
function candidates(table: readonly TableRoute[], method: string): readonly (readonly string[])[] {
  if (method === "404" || method === "*") return [["*"]]; // words of the table and no methods
  return method === "HEAD" ? [["HEAD"], ["GET"], ["*"]] : [[method], ["*"]];
}

/** Segments of the path, decoded; `*` for the asterisk-form; `undefined` if there is no reading. */
function pathOf(target: string): readonly string[] | "*" | undefined {
  if (target === "*") return "*";
  if (target.includes("#")) return undefined;
  let path = target.split("?")[0] ?? "";
  if (!path.startsWith("/")) {
    const absolute = /^(https?):\/\/(.*)$/is.exec(path);
    if (absolute === null) return undefined;
    const [authority = "", ...rest] = (absolute[2] ?? "").split("/");
    if (authority === "" || /[\\@\s]/.test(authority)) return undefined;
    path = `/${rest.join("/")}`;
  }
  const decoded: string[] = [];
  for (const segment of path.slice(1).split("/")) {
    const text = decode(segment);
    if (text === undefined) return undefined;
    const parts = text.split(/[/\\]/);
    if (parts.length > 1 && (parts.includes(".") || parts.includes(".."))) return undefined;
    decoded.push(text);
  }
  return withoutDots(decoded);
}

function decode(segment: string): string | undefined {
  const bytes: number[] = [];
  for (let i = 0; i < segment.length; i++) {
    const char = segment[i] ?? "";
    const code = segment.charCodeAt(i);
    if (code <= 0x20 || code === 0x7f || char === "\\") return undefined;
    if (char !== "%") {
      bytes.push(code);
      continue;
    }
    const digits = segment.slice(i + 1, i + 3);
    if (!/^[\da-f]{2}$/i.test(digits)) return undefined;
    bytes.push(Number.parseInt(digits, 16));
    i += 2;
  }
  if (bytes.some((byte) => byte < 0x20 || byte === 0x7f)) return undefined;
  if (bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
    return /\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function withoutDots(segments: readonly string[]): readonly string[] {
  const path: string[] = [];
  segments.forEach((segment, i) => {
    const last = i === segments.length - 1;
    if (segment === "..") path.pop();
    if (segment !== ".." && segment !== ".") path.push(segment);
    else if (last) path.push("");
  });
  return path;
}

interface Found {
  readonly route: TableRoute;
  readonly params: Readonly<Record<string, string>>;
  /** By segment: 0 literal, 1 param, 2 rest. */
  readonly kinds: readonly number[];
  readonly asked: number;
}

function best(
  table: readonly TableRoute[],
  methods: readonly (readonly string[])[],
  path: readonly string[],
): Reading | undefined {
  const found = methods.flatMap((group) =>
    table
      .filter((route) => group.includes(route.method))
      .flatMap((route) => matchesOf(route, path))
      .sort((a, b) => b.asked - a.asked),
  );
  // Stable: of equal ones, the method's own route comes before GET for HEAD, and both before `*`.
  const [first] = found.sort((a, b) => compare(a.kinds, b.kinds));
  return first && { kind: "route", route: first.route, params: first.params };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = (a[i] ?? 0) - (b[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function matchesOf(route: TableRoute, path: readonly string[]): readonly Found[] {
  return variantsOf(route).flatMap((variant) => matchOf(route, variant, path) ?? []);
}

const known = new WeakMap<TableRoute, readonly (readonly string[])[]>();

/** The path with each of its optional params, and without. */
function variantsOf(route: TableRoute): readonly (readonly string[])[] {
  const before = known.get(route);
  if (before !== undefined) return before;
  let variants: string[][] = [[]];
  for (const segment of route.path.slice(1).split("/")) {
    const optional = segment.startsWith(":") && segment.endsWith("?");
    const name = optional ? segment.slice(0, -1) : segment;
    variants = variants.flatMap((variant) => (optional ? [[...variant, name], variant] : [[...variant, name]]));
  }
  const made = variants.map((variant) => (variant.length === 0 ? [""] : variant));
  known.set(route, made);
  return made;
}

function matchOf(route: TableRoute, pattern: readonly string[], path: readonly string[]): Found | undefined {
  const params: Record<string, string> = {};
  const kinds: number[] = [];
  for (const [i, segment] of pattern.entries()) {
    const given = path[i];
    if (given === undefined) return undefined;
    if (segment.startsWith("*")) {
      const rest = path.slice(i).join("/");
      if (rest === "") return undefined;
      params[segment.slice(1)] = rest;
      kinds.push(2);
    } else if (segment.startsWith(":")) {
      if (given === "") return undefined;
      params[segment.slice(1)] = given;
      kinds.push(1);
    } else {
      if (given !== segment) return undefined;
      kinds.push(0);
    }
  }
  if (kinds.at(-1) !== 2 && path.length !== pattern.length) return undefined;
  const { accepts = {} } = route;
  const accepted = Object.entries(accepts).every(([name, rule]) => {
    const text = params[name];
    return text === undefined || rule.test(text);
  });
  return accepted ? { route, params, kinds, asked: Object.keys(accepts).length } : undefined;
}

/** Real paths of a route, to begin with. */
export function examplesOf({ path, examples }: TableRoute): readonly string[] {
  if (examples !== undefined) return examples;
  const segments = path.slice(1).split("/");
  const filled = segments.map((segment) => (segment.startsWith(":") ? "7" : segment.startsWith("*") ? "a/b" : segment));
  return [`/${filled.join("/")}`];
}
