import { describe, expect, test } from "vitest";
import { createAdmission } from "../../src/overload/admission.ts";
import { createShortage, memoryInUse } from "../../src/overload/memory.ts";
import { CRITICAL, LOW, NORMAL, type Rank } from "../../src/overload/rank.ts";

describe("memory is short", () => {
  test.each([
    ["when it was at five looks in a row", [0.95, 0.92, 0.99, 0.91, 0.93], true],
    ["not while garbage goes", [0.95, 0.97, 0.99, 0.4, 0.95], false],
    ["not at once", [0.99, 0.99, 0.99, 0.99], false],
  ])("%s", (_name, looks, short) => {
    const isShort = createShortage(0.9);
    expect(looks.map(isShort).at(-1)).toBe(short);
  });

  test("and not any more when it is there again", () => {
    const isShort = createShortage(0.9);
    expect([1, 1, 1, 1, 1, 0.5, 1].map(isShort)).toEqual([false, false, false, false, true, false, false]);
  });

  test("few are let in then", () => {
    const most = (rank: Rank): number => {
      const admission = createAdmission({ min: 8, max: 10_000, interval: 100, tolerance: 20 });
      admission.memoryShort = true;
      while (admission.inFlight < 100 && admission.admits(rank)) admission.inFlight++;
      return admission.inFlight;
    };
    expect([LOW, NORMAL, CRITICAL].map((rank) => most(rank as Rank))).toEqual([0, 8, 16]);
  });
});

test("what this process has in use is a part of what there is", () => {
  expect(memoryInUse(1)).toBeGreaterThan(0);
  expect(memoryInUse(1)).toBeLessThan(1);
});
