import fc from "fast-check";
import { expect, test } from "vitest";
import { byCodePoint } from "../src/order.ts";
import { plan } from "../src/plan.ts";

test("a plan does not depend on the order in which a disk lists files", () => {
  const files = [
    "b.ts",
    "a/index.ts",
    "a.ts",
    "a.dev.ts",
    "Z.ts",
    "é.ts",
    "_use.ts",
    "_use.js",
    "_layout.tsx",
    "a/_use.ts",
    "a/_not-found.ts",
    "[id].ts",
    "[id",
    "[id/a.ts",
    "\u{1f600}/a.ts",
    "\uffeea.ts",
  ];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(files, { minLength: files.length }),
      fc.constantFrom("development" as const, "production" as const),
      (shuffled, environment) => {
        expect(plan(shuffled, environment)).toEqual(plan(files, environment));
      },
    ),
  );
});

test("names are ordered by code points", () => {
  const names = ["\u{1f600}", "\uffee", "b", "a", "ab", "B", "\u{10ffff}", "\ue000"];
  expect(names.sort(byCodePoint)).toEqual(["B", "a", "ab", "b", "\ue000", "\uffee", "\u{1f600}", "\u{10ffff}"]);
  const points = (text: string): string =>
    [...text].map((char) => char.codePointAt(0)?.toString(16).padStart(6, "0")).join();
  const whole = fc.string({ unit: "binary" }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(whole, whole, (a, b) => {
      expect(Math.sign(byCodePoint(a, b))).toBe(points(a) === points(b) ? 0 : points(a) < points(b) ? -1 : 1);
    }),
  );
});
