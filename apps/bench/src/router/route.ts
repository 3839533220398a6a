/** A route of a table, and a path that asks for it. */
export interface TableRoute {
  readonly method: string;
  /** With params named by their position, `/users/:p0/keys/:p1`: memoirist takes one name a place only. */
  readonly pattern: string;
  readonly names: readonly string[];
  /** A concrete path for the pattern and the values that it holds. */
  readonly path: string;
  readonly values: readonly string[];
}

/** @param pattern with `:name` for a param; the names are replaced by positions */
export function tableRoute(method: string, pattern: string, index: number): TableRoute {
  const names: string[] = [];
  const values: string[] = [];
  const positional = pattern.replace(/:\w+/g, () => {
    const name = `p${names.length}`;
    names.push(name);
    values.push(`value-${index}-${names.length}`);
    return `:${name}`;
  });
  let next = 0;
  const path = positional.replace(/:\w+/g, () => values[next++] ?? "");
  return { method, pattern: positional, names, path, values };
}
