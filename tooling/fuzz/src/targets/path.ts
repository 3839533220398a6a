import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { canonicalPath, splitTarget } from "../../../../packages/core/src/request/path.ts";
import { escaped, onTheWire, parsedByUrl } from "../../../../packages/core/test/references/path.ts";
import { latin1, type Target } from "../target.ts";

/** Chars that a URL parser leaves as they are in a query. */
const PLAIN_QUERY = /^[!$&(-;=?-~%]*$/;

export const path: Target<{ readonly canonicalPath: typeof canonicalPath; readonly splitTarget: typeof splitTarget }> =
  {
    name: "path",
    about: "a request target has the path that a URL parser reads, canonical, without dots and controls, or none",
    sources: ["packages/core/src/request/path.ts"],
    words: [
      "%2e",
      "%2E%2e",
      "%2f",
      "%5c",
      "%25",
      "%00",
      "%c3%a9",
      "%c0%af",
      "..",
      ".",
      "/../",
      "//",
      "\\",
      "?",
      "#",
      ";a=b",
      "http://",
      "https://h",
      "@",
      "[::1]",
      "*",
    ],
    separators: ["/", "%", "?"],
    subject: { canonicalPath, splitTarget },
    check({ canonicalPath, splitTarget }, input) {
      const raw = latin1(input);
      const path = canonicalPath(raw);
      strictEqual(path, expectedPath(raw));
      if (path !== undefined) {
        ok(!/[^ -~\x80-\uffff]/.test(path), "no controls");
        ok(!path.split(/\/|\\|%2F/).some((segment) => segment === "." || segment === ".."), "no dot segments");
        strictEqual(canonicalPath(onTheWire(escaped(path))), path, "its own canonical form");
      }
      const split = splitTarget(raw);
      if (split === undefined || raw === "*") return;
      const absolute = raw.startsWith("/") ? `http://h${raw}` : raw;
      const url = URL.canParse(absolute) ? new URL(absolute) : undefined;
      // What holds a raw blank, control, backslash or octet is moved about by the URL parser, and refused by the path.
      if (url === undefined || /[^!-~]|\\/.test(split.path)) return;
      deepStrictEqual([url.username, url.password, url.hash], ["", "", ""]);
      const canonical = canonicalPath(split.path);
      if (canonical !== undefined) strictEqual(canonicalPath(url.pathname), canonical);
      if (PLAIN_QUERY.test(split.query)) strictEqual(url.search.slice(1), split.query);
    },
  };

/** An octet that is sent as it is counts as its escape. */
function expectedPath(raw: string): string | undefined {
  if (!raw.startsWith("/")) return undefined;
  return parsedByUrl(raw.replace(/[\x80-\xff]/g, (octet) => `%${octet.charCodeAt(0).toString(16)}`));
}
