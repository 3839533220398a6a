import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { preferred } from "../src/request/negotiate.ts";

const JSON_TYPE = "application/json";
const CSV = "text/csv";
const HTML = "text/html";

describe("preferred", () => {
  test.each<[accept: string | null, types: readonly string[], best: string | undefined]>([
    [null, [JSON_TYPE, CSV], JSON_TYPE],
    ["", [JSON_TYPE, CSV], JSON_TYPE],
    [null, [], undefined],
    ["*/*", [], undefined],
    ["*/*", [JSON_TYPE, CSV], JSON_TYPE],
    ["text/csv", [JSON_TYPE, CSV], CSV],
    ["TEXT/CSV", [JSON_TYPE, CSV], CSV],
    ["text/*", [JSON_TYPE, CSV, HTML], CSV],
    ["image/png", [JSON_TYPE, CSV], undefined],
    ["text/csv, application/json", [JSON_TYPE, CSV], JSON_TYPE],
    ["text/csv;q=0.9, application/json;q=0.8", [JSON_TYPE, CSV], CSV],
    ["text/csv ; q=0.9 , application/json;q=0.95", [CSV, JSON_TYPE], JSON_TYPE],
    ["text/csv;Q=0.1, */*;q=0.2", [CSV, JSON_TYPE], JSON_TYPE],
    ["text/*;q=0.5, text/html, */*;q=0.1", [CSV, HTML, JSON_TYPE], HTML],
    ["text/csv;q=0, text/*", [CSV, HTML], HTML],
    ["*/*, application/json;q=0", [JSON_TYPE], undefined],
    ["text/csv;q=0", [CSV], undefined],
    ["text/csv;q=2", [CSV], undefined],
    ["text/csv;q=-1", [CSV], undefined],
    ["text/csv;q=x", [CSV], undefined],
    ["text/csv;charset=utf-8", [CSV], CSV],
    ["text/csv;charset=utf-8;q=0.1, application/json;q=0.2", [CSV, JSON_TYPE], JSON_TYPE],
    ["text/csv", ["text/csv; charset=utf-8"], "text/csv; charset=utf-8"],
    ["text/html", ["Text/HTML"], "Text/HTML"],
    [",,text/csv,", [CSV], CSV],
    ["text", [CSV], undefined],
    ["*", [CSV], undefined],
    [`${"a/b,".repeat(100)}text/csv`, [CSV], undefined],
  ])("%j of %j", (accept, types, best) => {
    expect(preferred(accept, types)).toBe(best);
  });

  test("is the first of those with the highest quality, by the most specific range", () => {
    const types = ["a/x", "a/y", "b/x", "b/y"];
    const range = fc.record({
      type: fc.constantFrom(...types, "a/*", "b/*", "*/*"),
      quality: fc.constantFrom(0, 0.1, 0.5, 0.999, 1),
    });
    const ranges = fc.uniqueArray(range, { selector: ({ type }) => type, minLength: 1 });
    fc.assert(
      fc.property(ranges, fc.shuffledSubarray(types), (list, offered) => {
        const quality = (type: string): number => {
          const of = (wanted: string): number | undefined => list.find((each) => each.type === wanted)?.quality;
          return of(type) ?? of(`${type[0]}/*`) ?? of("*/*") ?? 0;
        };
        const highest = Math.max(0, ...offered.map(quality));
        const best = highest === 0 ? undefined : offered.find((type) => quality(type) === highest);
        expect(preferred(list.map((each) => `${each.type};q=${each.quality}`).join(", "), offered)).toBe(best);
      }),
      { numRuns: 3_000 },
    );
  });

  test("never gives what was not offered", () => {
    fc.assert(
      fc.property(fc.string(), (accept) => {
        expect([undefined, CSV, JSON_TYPE]).toContain(preferred(accept, [CSV, JSON_TYPE]));
      }),
    );
  });
});
