import { deepStrictEqual, throws } from "node:assert/strict";
import { readJson } from "../../../../packages/core/src/request/json.ts";
import { isPoisoned } from "../../../../packages/core/test/references/json.ts";
import { type Target, utf8 } from "../target.ts";

const DEPTH = 6;

export const json: Target<{ readonly readJson: typeof readJson }> = {
  name: "json",
  about: "a JSON body is what JSON.parse reads, no deeper than allowed, without keys that reach a prototype",
  sources: ["packages/core/src/request/json.ts"],
  words: [
    '{"',
    '":',
    "[",
    "]",
    "{",
    "}",
    ",",
    '"',
    "\\",
    "\\u005f",
    '\\"',
    "__proto__",
    "constructor",
    "prototype",
    "null",
    "true",
    "1e5",
    "-0",
    "\ufeff",
    "\u2028",
  ],
  separators: [",", ":", '"', "{", "["],
  subject: { readJson },
  check({ readJson }, input) {
    const text = utf8(input);
    const value = parsed(text);
    if (value === undefined || nesting(text) > DEPTH || isPoisoned(value))
      throws(() => readJson(text, DEPTH), { problemName: "malformed" });
    else deepStrictEqual(readJson(text, DEPTH), value);
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of the text, which may nest deeper than the value: the last of equal keys counts. */
function nesting(text: string): number {
  let level = 0;
  let deepest = 0;
  for (const bracket of text.replace(/"(?:[^"\\]|\\.)*"/gs, "").match(/[[\]{}]/g) ?? []) {
    level += bracket === "[" || bracket === "{" ? 1 : -1;
    deepest = Math.max(deepest, level);
  }
  return deepest;
}
