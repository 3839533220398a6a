import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { readCookies } from "../../../../packages/core/src/request/cookies.ts";
import { latin1, type Target } from "../target.ts";

const LIMIT = 12;

export const cookie: Target<{ readonly readCookies: typeof readCookies }> = {
  name: "cookie",
  about: "a Cookie header has the pairs of RFC 6265, char by char, at most so many, the first of equal names",
  sources: ["packages/core/src/request/cookies.ts"],
  words: ["=", "; ", ";", '"', '""', "%41", "%zz", "%C3%A9", "__proto__", "__Host-a=1", "\t", "\u00a0", "$Version=1"],
  separators: [";", "=", '"'],
  subject: { readCookies },
  check({ readCookies }, input) {
    const header = latin1(input);
    if (header.split(";").length > LIMIT) {
      throws(() => readCookies(header, LIMIT), { problemName: "malformed" });
      return;
    }
    const cookies = readCookies(header, LIMIT);
    strictEqual(Object.getPrototypeOf(cookies), null);
    deepStrictEqual(new Map(Object.entries(cookies)), readByChar(header));
  },
};

/** RFC 6265 §4.2.1 and §5.4: only blanks and tabs stand around a pair; quotes and escapes are the value's own. */
function readByChar(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  let name: string | undefined;
  let word = "";
  for (const char of `${header};`) {
    if (char === "=" && name === undefined) {
      name = trimmed(word);
      word = "";
    } else if (char === ";") {
      if (name !== undefined && !cookies.has(name)) cookies.set(name, valueOf(trimmed(word)));
      name = undefined;
      word = "";
    } else word += char;
  }
  return cookies;
}

function trimmed(text: string): string {
  return text.replace(/^[ \t]+/, "").replace(/[ \t]+$/, "");
}

function valueOf(text: string): string {
  const bare = /^"(.*)"$/s.exec(text)?.[1] ?? text;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
