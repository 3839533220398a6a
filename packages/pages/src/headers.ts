import type { ReplyHeaders } from "@openspeed/core";

/** A reply's headers as an outcome has them: name, value, name, value … */
export function headerList(headers: ReplyHeaders): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).flatMap((each) => [name.toLowerCase(), each]),
  );
}
