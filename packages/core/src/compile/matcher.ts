// Whole-path matching. Patterns are compiled into a radix tree that lies in one array of integers: a walk touches few cache
// lines, allocates nothing until a route is found, and looks at each char once.
import { decodeParam } from "../request/path.ts";

/** A route's value with the params of one path. */
export interface Match<T> {
  readonly value: T;
  /** By name, without a prototype; empty and shared where the pattern has none. */
  readonly params: Readonly<Record<string, string>>;
}

/** Whether a path with these params is the pattern's; if not, the next best is tried. */
export type Accepts = (params: Readonly<Record<string, string>>) => boolean;

/** Finds the most specific of its patterns that matches a whole path. */
export interface Matcher<T> {
  /**
   * Adds a pattern: `/a/b`, `/users/:id` (one segment, not empty), `/files/*path` (last only: what remains of the path, not
   * empty, with its slashes). Literal text is given as `canonicalPath` writes it. Of patterns that
   * differ in nothing but names, the first that accepts the params is taken.
   */
  add(pattern: string, value: T, accepts?: Accepts): void;
  /**
   * The match for a canonical path. Segment by segment from the left, literal text goes before a param and a param before a
   * rest; what matches only in part gives way to the next best. The time grows with the path and with the patterns that begin
   * like it, not with the number of routes.
   */
  find(path: string): Match<T> | undefined;
}

/**
 * Makes an empty matcher. Patterns are compiled at the first `find` after an `add`.
 *
 * @example
 * const matcher = createMatcher<string>();
 * matcher.add("/users/:id", "user");
 * matcher.find("/users/42"); // { value: "user", params: { id: "42" } }
 */
export function createMatcher<T>(): Matcher<T> {
  const patterns = new Map<string, Route<T>[]>(); // by shape: names tell no patterns apart
  const lists = new Map<string, readonly string[]>(); // routes with the same names share one list
  const bounds = [0]; // where each param of the walk under way starts and ends, from 1 on
  let tree: Tree<T> | undefined;

  function add(pattern: string, value: T, accepts?: Accepts): void {
    const found: string[] = [];
    const shape = pattern.replace(/\/([:*])([^/]*)/g, (_, kind: string, name: string) => {
      found.push(name);
      return "/" + String.fromCharCode(kind === ":" ? PARAM : REST);
    });
    const key = found.join("/");
    const names = lists.get(key) ?? found;
    lists.set(key, names);
    const alike = patterns.get(shape) ?? [];
    const last = alike.at(-1);
    const route = { names, value, accepts, or: undefined };
    patterns.set(shape, alike);
    alike.push(route);
    if (last !== undefined) last.or = route;
    tree = undefined;
  }

  function find(path: string): Match<T> | undefined {
    tree ??= compile(patterns);
    const { code, routes } = tree;
    const length = path.length | 0; // or V8 keeps it as a double
    let node = ROOT;
    let at = 0;
    let fallback = 0;
    for (;;) {
      // Literal text, then the end of the path or a branch by the next char.
      let word = node + 1;
      const end = word + (code[node] ?? 0);
      while (word < end && at < length && path.charCodeAt(at) === code[word]) {
        word++;
        at++;
      }
      if (word === end) {
        if (at === length) {
          const route = routes[code[end + ROUTE] ?? 0];
          const match = route && matched(route, path);
          if (match !== undefined) return match;
        } else {
          const branch = (path.charCodeAt(at) - (code[end + FIRST] ?? 0)) >>> 0;
          const next = branch < (code[end + SPAN] ?? 0) ? code[end + BRANCHES + branch] : 0;
          fallback = code[end + WILDCARD] ?? 0;
          if (next) {
            node = next;
            at++;
            continue;
          }
        }
      }
      // No way on: the best wildcard that is left, from where it stands.
      for (;;) {
        const wildcard = fallback;
        if (wildcard === 0) return undefined;
        fallback = code[wildcard + FALLBACK] ?? 0;
        const bound = code[wildcard + BOUND] ?? 0;
        const start = (bounds[bound] ?? 0) + (code[wildcard + OFFSET] ?? 0);
        if (start >= length) continue;
        bounds[bound + 1] = start;
        const slash = path.indexOf("/", start);
        if (slash > start) {
          bounds[bound + 2] = slash;
          const next = code[wildcard + NEXT];
          if (next) {
            node = next;
            at = slash + 1;
            break;
          }
        }
        const route = routes[code[wildcard + (slash < 0 ? LAST : ALL)] ?? 0];
        if (route !== undefined) {
          bounds[bound + 2] = length;
          const match = matched(route, path);
          if (match !== undefined) return match;
        }
      }
    }
  }

  function matched({ names, value, accepts, or }: Route<T>, path: string): Match<T> | undefined {
    if (names.length === 0) return { value, params: NO_PARAMS };
    const params: Record<string, string> = Object.create(NO_PARAMS); // `Object.create(null)` would be a slow dictionary
    const escaped = path.includes("%");
    let bound = 1;
    for (const name of names) {
      const text = path.slice(bounds[bound++], bounds[bound++]);
      params[name] = escaped ? decodeParam(text) : text;
    }
    if (accepts === undefined || accepts(params)) return { value, params };
    return or && matched(or, path);
  }

  return { add, find };
}

interface Route<T> {
  readonly names: readonly string[];
  readonly value: T;
  readonly accepts: Accepts | undefined;
  /** What else takes such paths. */
  or: Route<T> | undefined;
}

interface Tree<T> {
  /** Nodes and wildcards. What refers to one of them, or to a route, is 0 for none. */
  readonly code: Uint32Array;
  readonly routes: readonly (Route<T> | undefined)[];
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

// Chars that stand for a rest and a param in a shape: no canonical path holds a control, and they sort before all that one holds.
const REST = 0;
const PARAM = 1;

const ROOT = 1;
// A node begins with the length of its text and the text. From there:
const ROUTE = 0; // if the path may end here
const WILDCARD = 1; // what is left to try if no branch matches: one that stands here, or one further up
const FIRST = 2; // the least char that leads on
const SPAN = 3; // how many branches follow, one for each char from the first
const BRANCHES = 4;
// A wildcard is a param or a rest:
const FALLBACK = 0; // what is left to try after it
const BOUND = 1; // where in `bounds` the end of the param before it is
const OFFSET = 2; // how far it starts after that
const LAST = 3; // the route if no slash follows
const NEXT = 4; // the node after the slash
const ALL = 5; // the route if it takes the slash and what follows

function compile<T>(patterns: ReadonlyMap<string, readonly Route<T>[]>): Tree<T> {
  const shapes = [...patterns.keys()].sort(); // those that begin alike stand together, the one that ends there first
  const code: number[] = [0];
  node(0, shapes.length, 0, 0, 0, 0);
  return { code: Uint32Array.from(code), routes: [undefined, ...shapes.map((shape) => patterns.get(shape)?.[0])] };

  /** Writes the node for the shapes from `low` to `high`, which agree before `from`, and all below it; tells its place. */
  function node(low: number, high: number, from: number, fallback: number, bound: number, offset: number): number {
    const place = code.length;
    let to = from;
    while (charAt(low, to) > PARAM && charAt(low, to) === charAt(high - 1, to)) to++;
    code.push(to - from);
    for (let i = from; i < to; i++) code.push(charAt(low, i));

    const end = code.length;
    code.push(shapes[low]?.length === to ? ++low : 0, fallback);
    let literal = low;
    while (literal < high && charAt(literal, to) <= PARAM) literal++;
    const first = charAt(literal, to);
    const span = literal < high ? charAt(high - 1, to) - first + 1 : 0;
    code.push(first, span);
    for (let i = 0; i < span; i++) code.push(0);

    offset += to - from;
    while (low < high) {
      const char = charAt(low, to);
      let next = low + 1;
      while (next < high && charAt(next, to) === char) next++;
      // The rest comes first, then the param, so that each finds what is left to try after it.
      if (char <= PARAM) fallback = code[end + WILDCARD] = wildcard(low, next, to, fallback, bound, offset);
      else code[end + BRANCHES + char - first] = node(low, next, to + 1, fallback, bound, offset + 1);
      low = next;
    }
    return place;
  }

  /** The same for shapes that have one wildcard at `at`. */
  function wildcard(low: number, high: number, at: number, fallback: number, bound: number, offset: number): number {
    const place = code.length;
    const rest = charAt(low, at) === REST;
    const route = shapes[low]?.length === at + 1 ? ++low : 0;
    code.push(fallback, bound, offset, route, 0, rest ? route : 0);
    if (low < high) code[place + NEXT] = node(low, high, at + 2, fallback, bound + 2, 1);
    return place;
  }

  function charAt(shape: number, at: number): number {
    return shapes[shape]?.charCodeAt(at) ?? 0;
  }
}
