/** Names for what the generated file imports: told by the folder, not by a number, so that one more of them moves no other. */
import { byCodePoint } from "../order.ts";

/** An identifier for each file: `routes/(desk)/tickets/_use.ts` is `useDeskTickets`. */
export function namesOf(prefix: string, files: Iterable<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const file of [...files].sort(byCodePoint)) {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
    const name = prefix + (folder === "" ? "Root" : wordsOf(folder));
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name}${number}`;
    taken.add(free);
    names.set(file, free);
  }
  return names;
}

function wordsOf(text: string): string {
  return [...text.matchAll(/[A-Za-z0-9]+/g)].map(([word]) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}

/** `users/[id].ts` quoted, as code. */
export function quoted(text: string): string {
  return /^[\w/.:*?()[\]=@+~-]*$/.test(text)
    ? `"${text}"`
    : JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** A property's name, as code. */
export function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : quoted(name);
}
