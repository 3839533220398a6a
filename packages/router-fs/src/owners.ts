/** Keys and who has them: cheap where most have one owner. */
import { byCodePoint } from "./order.ts";

export interface Index<T> {
  add(key: string, owner: T): void;
  remove(key: string, owner: T): void;
  /** Those that have more than one owner. */
  readonly keys: ReadonlySet<string>;
  /** Sorted. */
  shared(): [key: string, owners: readonly T[]][];
}

export function createIndex<T>(): Index<T> {
  // Most keys have one owner, which then stands for itself.
  const first = new Map<string, T>();
  const more = new Map<string, T[]>();
  const keys = new Set<string>();
  return {
    keys,
    add(key, owner) {
      const other = first.get(key);
      if (other === undefined) return void first.set(key, owner);
      if (other === owner) return undefined;
      const list = more.get(key) ?? [other];
      if (!list.includes(owner)) list.push(owner);
      more.set(key, list);
      keys.add(key);
      return undefined;
    },
    remove(key, owner) {
      const list = more.get(key)?.filter((other) => other !== owner);
      if (list === undefined) {
        if (first.get(key) === owner) first.delete(key);
        return;
      }
      const [left] = list;
      if (left !== undefined) first.set(key, left);
      if (list.length > 1) more.set(key, list);
      else {
        more.delete(key);
        keys.delete(key);
      }
    },
    shared: () => [...more].sort(([a], [b]) => byCodePoint(a, b)),
  };
}
