/** The file that a path's routes stand in, in the grammar of `@openspeed/router-fs`. */
export function fileOf(path: string): string {
  const segments = path
    .split("/")
    .slice(1)
    .filter((segment) => segment !== "");
  const names = segments.map((segment) => (segment.startsWith(":") ? `[${segment.slice(1)}]` : staticName(segment)));
  const last = names.pop();
  if (last === undefined) return "index.ts";
  // What is no folder may mean something else: `index.ts`, `page.tsx`, `x.get.ts`.
  return [...names, /^(?:index|page)$|\./.test(last) ? `${last}/index.ts` : `${last}.ts`].join("/");
}

/** Letters, digits and `. _ ~ - @ +` stand for themselves, others are written by number; a first `_` or `.` hides a file. */
function staticName(segment: string): string {
  const text = decoded(segment);
  return [...text]
    .map((character, i) =>
      /[\p{L}\p{N}.~@+-]/u.test(character) || (character === "_" && i > 0) ? character : byNumber(character),
    )
    .join("")
    .replace(/^\./, byNumber(".").replace("$", "$$$$"));
}

function byNumber(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `[x+${byte.toString(16).padStart(2, "0")}]`).join("");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
