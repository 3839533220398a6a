import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryStore } from "../src/index.ts";
import { stepOf } from "../src/sliding-window.ts";

// Fractions of whole numbers: a random double is nearly always nearly zero.
const fraction = (most: number): fc.Arbitrary<number> => fc.nat(most * 1000).map((thousandths) => thousandths / 1000);

/** A day of one key: a limit, a window, and how long after each other requests come, in windows over limit. */
const days = fc.record({
  limit: fc.integer({ min: 1, max: 20 }),
  length: fc.constantFrom(10, 59, 60, 61, 1000, 60_000),
  gaps: fc.array(fc.oneof(fc.constant(0), fraction(2), fraction(0.1)), { maxLength: 200 }),
  start: fraction(1000),
});

describe("the sliding window, against a list of all times", () => {
  test("never has more than the limit, and refuses only where a window longer by one step is full", () => {
    fc.assert(
      fc.property(days, ({ limit, length, gaps, start }) => {
        let now = start;
        const store = memoryStore({ now: () => now });
        const times: number[] = [];
        const since = (longer: number): number => times.filter((time) => time > now - length - longer).length;
        for (const gap of gaps) {
          now += (gap * length) / limit;
          const place = store.take("key", { limit, length });
          if (place.taken) {
            times.push(now);
            expect(since(0)).toBeLessThanOrEqual(limit);
          } else {
            expect(since(stepOf(length))).toBeGreaterThanOrEqual(limit);
          }
          expect(place.used).toBeGreaterThanOrEqual(since(0));
          expect(place.used).toBeLessThanOrEqual(since(stepOf(length)));
          expect(place.frees).toBeGreaterThan(0);
          expect(place.frees).toBeLessThanOrEqual(length + stepOf(length));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("is free when it says so, and not a moment earlier", () => {
    fc.assert(
      fc.property(days, ({ limit, length, gaps, start }) => {
        let now = Math.floor(start);
        const store = memoryStore({ now: () => now });
        const take = () => store.take("key", { limit, length });
        for (const gap of gaps) {
          now += Math.floor((gap * length) / limit);
          const refused = take();
          if (refused.taken) continue;
          now += refused.frees - 1;
          expect(take().taken).toBe(false);
          now += 1;
          expect(take().taken).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("survives a clock that is set back", () => {
    let now = 1_000_000;
    const store = memoryStore({ now: () => now });
    const take = () => store.take("key", { limit: 2, length: 60_000 });
    expect(take()).toMatchObject({ taken: true });
    now -= 500_000;
    expect(take()).toMatchObject({ taken: true, used: 2 });
    expect(take()).toMatchObject({ taken: false });
    now += 561_000;
    expect(take()).toMatchObject({ taken: true, used: 1 });
  });
});
