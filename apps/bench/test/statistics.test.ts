import { expect, test } from "vitest";
import { rowsOf } from "../src/row.ts";
import { quantile } from "../src/statistics.ts";

test.each([
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 2, 3], 0.5, 2.5],
  [[1, 2, 3, 4, 5], 0.25, 2],
  [[10], 0.75, 10],
])("of %j, %d lie below %d", (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});

test("ratios are taken round by round, so that a slow round is slow for both", () => {
  const samples = new Map([
    ["bare", [10, 100, 10]],
    ["openspeed", [11, 110, 11]],
  ]);
  const [, ours] = rowsOf({ suite: "s", case: "c", metric: "m" }, samples, "bare");
  expect(ours).toMatchObject({ median: 11, max: 110 });
  expect(ours?.ratio).toBeCloseTo(1.1);
  expect(ours?.ratioQ3).toBeCloseTo(1.1);
});
