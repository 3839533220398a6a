import type { Sendable } from "./body.ts";
import type { RequestOptions } from "./options.ts";
import type { RawBody } from "./route-types.ts";
import type { pairs as Pairs } from "./target.ts";

/**
 * What fetch can send is sent as it is, a text too; an object is written as the form that is asked for, or as JSON. `pairs` is handed in,
 * because a module that two chunks share makes a third.
 */
export function encodeOther(
  value: unknown,
  send: RequestOptions["send"],
  headers: Headers,
  pairs: typeof Pairs,
): Sendable {
  if (typeof value === "string" || isRaw(value)) return value;
  if (typeof value === "object" && value !== null) {
    if (send === "multipart") return formData(value, pairs);
    const type = headers.get("content-type");
    if (send === "form" || type?.startsWith("application/x-www-form-urlencoded") === true)
      return new URLSearchParams(pairs(value));
  }
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  return JSON.stringify(value);
}

function isRaw(value: unknown): value is RawBody {
  return (
    ArrayBuffer.isView(value) ||
    [FormData, URLSearchParams, Blob, ArrayBuffer, ReadableStream].some((type) => value instanceof type)
  );
}

/** Fields first, then files, so that a server can judge the fields before it takes the files. */
function formData(value: object, pairs: typeof Pairs): FormData {
  const form = new FormData();
  const { fields = {}, files = value } = value as { readonly fields?: object; readonly files?: object };
  for (const [name, text] of pairs(fields)) form.append(name, text);
  for (const [name, content] of Object.entries(files)) {
    for (const item of [content].flat()) {
      if (item instanceof Blob) form.append(name, item);
      else for (const [, text] of pairs({ [name]: item })) form.append(name, text);
    }
  }
  return form;
}
