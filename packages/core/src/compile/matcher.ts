// Whole-path matching over a tree of literal text and params, in one walk that allocates nothing until a route is found.
import { decodeParam } from "../request/path.ts";

/** A route's value with the params of one path. */
export interface Match<T> {
  readonly value: T;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the most specific pattern that matches a whole path. */
export interface Matcher<T> {
  /**
   * Adds a pattern: `/a/b`, `/users/:id` (one segment, not empty), `/files/*path` (last only: the rest of the path,
   * not empty, with its slashes). Literal text is given as `canonicalPath` writes it. A pattern added again, whatever
   * its params are called, replaces the first.
   */
  add(pattern: string, value: T): void;
  /** The match for a canonical path. In each segment, from the left, literal text goes before a param, a param before a rest. */
  find(path: string): Match<T> | undefined;
}

interface Leaf<T> {
  readonly names: readonly string[];
  readonly match: Match<T>;
}

/** A wildcard (or none), then literal text, then a leaf and branches by the next char. */
interface Node<T> {
  readonly kind: typeof TEXT | typeof PARAM | typeof REST;
  readonly text: string;
  leaf: Leaf<T> | undefined;
  /** Literal branches, at the code of their first char less `first`. */
  readonly branches: (Node<T> | undefined)[];
  first: number;
  param: Node<T> | undefined;
  rest: Node<T> | undefined;
  /** Where to go on when nothing below matches: the next best wildcard, here or further up. */
  fallback: Node<T> | undefined;
  /** How many params stand before this node, and how far after the end of the last of them it begins. */
  readonly params: number;
  readonly offset: number;
}

const TEXT = 0;
const PARAM = 1;
const REST = 2;
// Stand for a param and a rest in a pattern; a canonical path holds no control characters.
const PARAM_MARK = 1;
const REST_MARK = 2;
const SLASH = 47;
const PERCENT = 37;

/** An empty matcher. */
export function createMatcher<T>(): Matcher<T> {
  const leaves = new Map<string, Leaf<T>>();
  const statics = new Map<string, Match<T>>();
  let root: Node<T> | undefined;
  const starts: number[] = [];
  const ends: number[] = [];

  function add(pattern: string, value: T): void {
    const names: string[] = [];
    const shape = pattern.replace(/\/([:*])([^/]*)/g, (_, mark: string, name: string) => {
      names.push(name);
      return "/" + String.fromCharCode(mark === ":" ? PARAM_MARK : REST_MARK);
    });
    const match = { value, params: Object.freeze({}) };
    if (names.length === 0) statics.set(pattern, match);
    else leaves.set(shape, { names, match });
    root = undefined;
  }

  function find(path: string): Match<T> | undefined {
    const found = statics.get(path);
    if (found !== undefined) return found;
    if (leaves.size === 0) return undefined;
    let node: Node<T> | undefined = (root ??= grow([...leaves], 0, TEXT, undefined, 0, 0));
    let at = 0;
    let escaped = false;
    const length = path.length;
    while (node !== undefined) {
      walk: {
        if (node.kind !== TEXT) {
          const start = at;
          if (node.kind === REST) {
            escaped = true;
            at = length;
          } else {
            for (; at < length; at++) {
              const char = path.charCodeAt(at);
              if (char === SLASH) break;
              if (char === PERCENT) escaped = true;
            }
          }
          if (at === start) break walk;
          starts[node.params - 1] = start;
          ends[node.params - 1] = at;
        }
        const text = node.text;
        if (text.length > length - at) break walk;
        for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== path.charCodeAt(at + i)) break walk;
        at += text.length;
        if (at === length) {
          if (node.leaf !== undefined) return build(node.leaf, path, escaped);
          break walk;
        }
        const next: Node<T> | undefined = node.branches[path.charCodeAt(at) - node.first] ?? node.param ?? node.rest;
        if (next !== undefined) {
          node = next;
          continue;
        }
      }
      node = node.fallback;
      if (node !== undefined) at = (node.params === 1 ? 0 : (ends[node.params - 2] ?? 0)) + node.offset;
    }
    return undefined;
  }

  function build(leaf: Leaf<T>, path: string, escaped: boolean): Match<T> {
    const params: Record<string, string> = {};
    for (let i = 0; i < leaf.names.length; i++) {
      const text = path.slice(starts[i], ends[i]);
      params[leaf.names[i] ?? ""] = escaped && text.includes("%") ? decodeParam(text) : text;
    }
    return { value: leaf.match.value, params };
  }

  return { add, find };
}

/** The node for the routes whose shapes agree before `from`. */
function grow<T>(
  routes: [string, Leaf<T>][],
  from: number,
  kind: Node<T>["kind"],
  fallback: Node<T> | undefined,
  params: number,
  offset: number,
): Node<T> {
  const [shape] = routes[0] ?? [""];
  let to = from;
  while (
    to < shape.length &&
    shape.charCodeAt(to) > REST_MARK &&
    routes.every(([other]) => other.charCodeAt(to) === shape.charCodeAt(to))
  )
    to++;
  const groups = new Map<number, [string, Leaf<T>][]>();
  let leaf: Leaf<T> | undefined;
  for (const route of routes) {
    if (route[0].length === to) leaf = route[1];
    else {
      const char = route[0].charCodeAt(to);
      const group = groups.get(char);
      if (group === undefined) groups.set(char, [route]);
      else group.push(route);
    }
  }
  const after = (kind === TEXT ? offset : 0) + to - from;
  const wildcard = (mark: number, kind: typeof PARAM | typeof REST): Node<T> | undefined => {
    const group = groups.get(mark);
    groups.delete(mark);
    if (group !== undefined) fallback = grow(group, to + 1, kind, fallback, params + 1, after);
    return group && fallback;
  };
  const outer = fallback;
  const rest = wildcard(REST_MARK, REST);
  const param = wildcard(PARAM_MARK, PARAM);
  const first = Math.min(...groups.keys(), 0xffff);
  const branches: (Node<T> | undefined)[] = Array.from({
    length: groups.size && Math.max(...groups.keys()) - first + 1,
  });
  for (const [char, group] of groups) branches[char - first] = grow(group, to, TEXT, fallback, params, after);
  return { kind, text: shape.slice(from, to), leaf, branches, first, param, rest, fallback: outer, params, offset };
}
