/** The `$types` of all files with params, kept while files come and go. */
import type { Places } from "../grammar/place.ts";
import { byCodePoint } from "../order.ts";
import type { Roots } from "./routes-text.ts";
import { typesFileOf, typesText } from "./types-text.ts";

export interface FileTypes {
  /** Tells whether a text is different now. */
  set(file: string, there: boolean, roots: Roots): boolean;
  /** Path in the output folder → text. */
  sorted(): readonly (readonly [path: string, text: string])[];
}

/** For every environment: an editor shows all files. */
export function createFileTypes(places: Places): FileTypes {
  const texts = new Map<string, string>();
  let order: readonly (readonly [string, string])[] | undefined;
  return {
    set(name, there, roots) {
      const file = places.of(name)?.file;
      if (file === undefined || (file.role !== "route" && file.role !== "method" && file.role !== "page")) return false;
      const path = typesFileOf(file, roots.routes);
      const text = there ? typesText(file, roots) : undefined;
      if (texts.get(path) === text) return false;
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
      order = undefined;
      return true;
    },
    sorted: () => (order ??= [...texts].sort(([a], [b]) => byCodePoint(a, b))),
  };
}
