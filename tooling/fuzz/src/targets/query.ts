import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { readQuery } from "../../../../packages/core/src/request/query.ts";
import { fieldsByPlatform } from "../../../../packages/core/test/references/query.ts";
import { latin1, type Target } from "../target.ts";

const LIMIT = 24;

export const query: Target<{ readonly readQuery: typeof readQuery }> = {
  name: "query",
  about: "a query has the fields that URLSearchParams reads, at most so many, and inherits none",
  sources: ["packages/core/src/request/query.ts"],
  words: [
    "=",
    "&",
    "+",
    "%",
    "%41",
    "%zz",
    "%C3%A9",
    "%ff",
    "%EF%BB%BF",
    "%00",
    "%2B",
    "__proto__",
    "constructor",
    "a[]=1",
    ";",
  ],
  separators: ["&", "=", "%"],
  subject: { readQuery },
  check({ readQuery }, input) {
    const search = latin1(input);
    if (search.split("&").filter((field) => field !== "").length > LIMIT) {
      for (const repeats of ["all", "first"] as const)
        throws(() => readQuery(search, repeats, LIMIT), { problemName: "malformed" });
      return;
    }
    const expected = fieldsByPlatform(search);
    const all = readQuery(search, "all", LIMIT);
    const first = readQuery(search, "first", LIMIT);
    for (const fields of [all, first]) {
      deepStrictEqual(Object.keys(fields).toSorted(), [...expected.keys()].toSorted());
      ok(!("hasOwnProperty" in fields) || expected.has("hasOwnProperty"), "nothing is inherited");
    }
    for (const [name, values] of expected) {
      deepStrictEqual(all[name], values.length === 1 ? values[0] : values);
      strictEqual(first[name], values[0]);
    }
  },
};
