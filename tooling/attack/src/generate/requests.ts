/** What attackers change about a request besides its path. */
import { wire } from "../case.ts";
import type { Header } from "../case.ts";
import { CALLERS } from "../ledger.ts";
import type { Random } from "../random.ts";
import { CLAIMS, CREDENTIALS, INTERNAL, REPRESENTATIONS } from "./claims.ts";
import type { Draft, Trick } from "./draft.ts";

const trick = (name: string, answersTo: string, apply: Trick["apply"]): Trick => ({ name, answersTo, apply });
const withHeaders = (draft: Draft, headers: readonly Header[]): Draft => ({
  ...draft,
  headers: [...draft.headers, ...headers],
});

const OTHER_METHODS = [
  "HEAD",
  "OPTIONS",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "TRACE",
  "PROPFIND",
  "QUERY",
  "PURGE",
  "LINK",
  "M-SEARCH",
  "get",
  "Get",
  "gET",
  "head",
  "GETX",
  "GE",
  "FOO",
  "404",
  "*",
  "__proto__",
  "constructor",
];

/** Less than servers take headers. */
const MANY = 40;

function rotated<T>(list: readonly T[], random: Random): readonly T[] {
  const first = random.below(list.length);
  return [...list.slice(first), ...list.slice(0, first)];
}

const PARAMS = [
  "params",
  "params[id]",
  "name",
  "path",
  "nxtPid",
  "slug",
  "_method",
  "method",
  "url",
  "caller",
  "authorization",
  "__proto__[caller]",
  "constructor",
];

function overridingQuery(path: string, random: Random): string {
  const name = random.chance(0.4) ? "id" : random.pick(PARAMS);
  const value = random.chance(0.4)
    ? random.pick(CALLERS)
    : random.pick(["8", "2", path, "DELETE", "Bearer+ada", "%37", "..%2fadmin", ""]);
  return random.pick([
    `?${name}=${value}`,
    `?${name}=${value}&${name}=8`,
    `?a=1;${name}=${value}`,
    `?%00${name}=${value}`,
    `??${name}=${value}`,
  ]);
}

export const requestTricks: readonly Trick[] = [
  trick("another method", "CVE-2026-33011", (draft, random) => ({ ...draft, method: random.pick(OTHER_METHODS) })),
  trick("method override", "RFC 9110 §9.1", (draft, random) => {
    const method = random.pick(["GET", "HEAD", "DELETE", "POST", "PUT", "OPTIONS"]);
    const query = random.chance(0.3) ? `?_method=${method}` : draft.query;
    const name = random.pick(["x-http-method-override", "x-http-method", "x-method-override", "x-original-method"]);
    return {
      ...withHeaders(draft, [[name, method]]),
      query,
      method: random.pick(["POST", "GET", "HEAD", draft.method]),
    };
  }),
  trick("internal headers", "CVE-2025-29927", (draft, random, paths) => {
    const count = 1 + random.below(4);
    const headers = Array.from({ length: count }, (): Header => {
      const name = random.pick(INTERNAL);
      return [random.chance(0.2) ? name.toUpperCase() : name, random.pick([...CLAIMS, random.pick(paths), draft.path])];
    });
    return withHeaders(draft, headers);
  }),
  trick("many internal headers", "CVE-2025-29927", (draft, random) => {
    const claim = random.pick(CLAIMS);
    return withHeaders(
      draft,
      rotated(INTERNAL, random)
        .slice(0, MANY)
        .map((name): Header => [name, claim]),
    );
  }),
  trick("rewritten by a header", "CVE-2026-44575", (draft, random, paths) => {
    const name = random.pick([
      "x-original-url",
      "x-rewrite-url",
      "x-forwarded-uri",
      "x-envoy-original-path",
      "x-invoke-path",
      "x-matched-path",
    ]);
    return { ...withHeaders(draft, [[name, draft.path]]), path: random.pick(["/", "/public", random.pick(paths)]) };
  }),
  trick("representation", "CVE-2026-44575", (draft, random) =>
    withHeaders(draft, [random.pick(REPRESENTATIONS), random.pick(REPRESENTATIONS)].slice(random.below(2))),
  ),
  trick("almost credentials", "RFC 6750 §2.1", (draft, random) => withHeaders(draft, [random.pick(CREDENTIALS)])),
  trick("query instead of params", "CVE-2026-44574", (draft, random) => ({
    ...draft,
    query: overridingQuery(draft.path, random),
  })),
  trick("a path in the query", "RFC 9112 §3.2", (draft, random, paths) => ({
    ...draft,
    path: random.pick(["/public", "/", random.pick(paths)]),
    query: random.pick([
      `?/../${draft.path}`,
      `?next=${draft.path}`,
      `?${draft.path}`,
      `?a=b/../../admin`,
      `?%2f..${draft.path}`,
    ]),
  })),
  trick("a query's end that is none", "RFC 9112 §3.2", (draft, random) => ({
    ...draft,
    path: draft.path + random.pick(["%3f", "%3F", "%23", "#", "#/", "?#", "%3fa=b", "%253f", "?", "??", "&a=b"]),
  })),
  trick("absolute form", "RFC 9112 §3.2.2", (draft, random) => ({
    ...draft,
    origin: random.pick(
      [
        "http://localhost",
        "http://other.example",
        "https://localhost",
        "HTTP://LOCALHOST",
        "http://user@localhost",
        "http://user:secret@localhost",
        "http://localhost:80",
        "http://[::1]",
        "http://127.0.0.1:1",
        "http:/",
        "http:",
        "http://",
        "ftp://localhost",
        "//localhost",
        "//other.example",
        "http://localhost\\",
        "http://localhost%2f",
        "http://localhost?",
        "http://a/b",
        "http://ｌocalhost",
        "file://",
        "javascript:",
        "ws://localhost",
      ].map((origin) => wire(origin)),
    ),
  })),
  trick("no origin-form", "RFC 9112 §3.2", (draft, random) => ({
    ...draft,
    path:
      random.pick([
        "*",
        draft.path.slice(1),
        `*${draft.path}`,
        `.${draft.path}`,
        `localhost${draft.path}`,
        "?",
        `?${draft.path}`,
        "localhost:80",
        "",
      ]) || "*",
  })),
];
