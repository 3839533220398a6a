/** Names for what a document keeps in its components. */

/** "No such ticket" → `NoSuchTicket`: letters and digits of all languages, words by their capitals. */
export function pascal(text: string): string {
  const words = text.replace(/['’]/g, "").split(/[^\p{L}\p{N}]+/u);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** As component names must be: `^[a-zA-Z0-9._-]+$` (§4.8.7). What they may not hold becomes `_`. */
export function componentName(text: string): string {
  return text.replace(/[^\w.-]/g, "_") || "_";
}

/** The name itself, or the first of `name2`, `name3` … that is free; it is taken from then on. */
export function free(name: string, taken: Set<string>): string {
  let found = name;
  for (let number = 2; taken.has(found); number++) found = `${name}${number}`;
  taken.add(found);
  return found;
}

/** A reference to a component. Its name needs no escapes. */
export function referenceTo(kind: "schemas" | "responses", name: string): string {
  return `#/components/${kind}/${name}`;
}

/** Code points, not languages: the order must not depend on the machine. */
export function ascending(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sortedByKey<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => ascending(a, b)));
}
