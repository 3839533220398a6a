/** The `$types` of all files with params, kept while files come and go. */
import type { Places } from "../grammar/place.ts";
import { byCodePoint, sorted } from "../order.ts";
import type { Roots } from "./routes-text.ts";
import { typesFileOf, typesText } from "./types-text.ts";

export interface FileTypes {
  /** Tells whether a text is different now. */
  set(file: string, there: boolean, roots: Roots): boolean;
  /** Path in the output folder → text, by path. */
  entries(): Iterable<readonly [path: string, text: string]>;
}

/** For every environment: an editor shows all files. */
export function createFileTypes(places: Places): FileTypes {
  const texts = new Map<string, string>();
  let order: string[] | undefined;

  function set(name: string, there: boolean, roots: Roots): boolean {
    const file = places.of(name)?.file;
    if (file === undefined || (file.role !== "route" && file.role !== "method" && file.role !== "page")) return false;
    const path = typesFileOf(file, roots.routes);
    const text = there ? typesText(file, roots) : undefined;
    const before = texts.get(path);
    if (before === text) return false;
    if (text === undefined) {
      texts.delete(path);
      order?.splice(placeIn(order, path), 1);
    } else {
      texts.set(path, text);
      if (before === undefined) order?.splice(placeIn(order, path), 0, path);
    }
    return true;
  }

  function* entries(): Iterable<readonly [string, string]> {
    for (const path of (order ??= sorted(texts.keys()))) yield [path, texts.get(path) ?? ""];
  }

  return { set, entries };
}

/** Where a text stands in a sorted list, or would stand. */
function placeIn(list: readonly string[], text: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (byCodePoint(list[middle] ?? "", text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
