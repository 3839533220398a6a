import { kernelError } from "../problem.ts";

/** Names with one value or, where a name is repeated, all of them. */
export type Fields = Record<string, string | string[]>;

/**
 * An object without inherited names, so that none from outside meets one that is there already. It has a constructor
 * because V8 keeps what `Object.create(null)` makes in a slow form.
 */
const EmptyFields = function () {} as unknown as new () => Fields;
EmptyFields.prototype = Object.create(null);

function add(fields: Fields, name: string, value: string, repeats: "first" | "all"): void {
  const before = fields[name];
  if (before === undefined) fields[name] = value;
  else if (repeats === "first") return;
  else if (typeof before === "string") fields[name] = [before, value];
  else before.push(value);
}

/** `+` and escapes, as `application/x-www-form-urlencoded` says (WHATWG URL §5.1); bad escapes stay as they are. */
function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new URLSearchParams(`v=${text}`).get("v") ?? "";
  }
}

/**
 * Parses a query string or an urlencoded form (without `?`).
 *
 * @throws the kernel problem `malformed` for more than `limit` fields
 */
export function readQuery(search: string, repeats: "first" | "all", limit = 256): Fields {
  const fields = new EmptyFields();
  let count = 0;
  for (let start = 0; start < search.length;) {
    let end = search.indexOf("&", start);
    if (end === -1) end = search.length;
    if (end > start) {
      if (++count > limit) throw kernelError("malformed", `More than ${limit} fields.`);
      const equals = search.indexOf("=", start);
      if (equals === -1 || equals > end) add(fields, decode(search.slice(start, end)), "", repeats);
      else add(fields, decode(search.slice(start, equals)), decode(search.slice(equals + 1, end)), repeats);
    }
    start = end + 1;
  }
  return fields;
}
