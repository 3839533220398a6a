import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createConcurrency } from "../../src/overload/concurrency.ts";
import { CRITICAL, LOW, NORMAL } from "../../src/overload/rank.ts";
import { type Answered, poisson, randomFrom } from "./event-loop.ts";
import { runPool } from "./pool.ts";

const refused = (answers: readonly Answered[]): number => answers.filter((answer) => answer.refused).length;
const served = (answers: readonly Answered[]): number => answers.length - refused(answers);
const after = (answers: readonly Answered[], ms: number): Answered[] => answers.filter(({ at }) => at >= ms);

describe("nothing is limited where the latency is steady", () => {
  test("however many requests wait, and however long", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 2000 }),
        (seed, rates, cost) => {
          const random = randomFrom(seed);
          const load = rates.flatMap((rate, i) => poisson(random, { rate, from: i * 1500, to: (i + 1) * 1500, cost }));
          expect(refused(runPool(load, Number.POSITIVE_INFINITY).answered)).toBe(0);
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  test("a slow route takes over from a fast one", () => {
    const random = randomFrom(3);
    const of = (key: string, cost: number, rate: number, from: number, to: number) =>
      poisson(random, { rate, from, to, cost }).map((arrival) => ({ ...arrival, key }));
    const load = [
      ...of("fast", 5, 1, 0, 3000),
      ...of("slow", 400, 0.1, 0, 3000),
      ...of("fast", 5, 0.1, 3000, 8000),
      ...of("slow", 400, 1, 3000, 8000),
    ];
    expect(refused(runPool(load, Number.POSITIVE_INFINITY).answered)).toBe(0);
  });

  test("nine tenths of a pool are in use", () => {
    expect(refused(runPool(poisson(randomFrom(3), { rate: 0.45, to: 20_000, cost: 20 }), 10).answered)).toBe(0);
  });
});

describe("a pool of 10 places for 20 ms each, asked for three times as much", () => {
  test.each([
    ["after a calm beginning", 3000],
    ["from the beginning", 0],
  ])("%s: it stays full, and what is let in has not long to wait", (_name, calm) => {
    const random = randomFrom(11);
    const load = [
      ...poisson(random, { rate: 0.25, to: calm, cost: 20 }),
      ...poisson(random, { rate: 1.5, from: calm, to: calm + 10_000, cost: 20 }),
    ];
    const answers = after(runPool(load, 10).answered, calm + 3000);
    expect(served(answers)).toBeGreaterThan(0.95 * 7 * 500);
    const latencies = answers.flatMap(({ refused: no, latency }) => (no ? [] : [latency])).sort((a, b) => a - b);
    expect(latencies[Math.floor(latencies.length / 2)]).toBeLessThan(250);
  });

  test("there is no limit any more when it is over", () => {
    const random = randomFrom(11);
    const load = [
      ...poisson(random, { rate: 0.25, to: 3000, cost: 20 }),
      ...poisson(random, { rate: 1.5, from: 3000, to: 6000, cost: 20 }),
      ...poisson(random, { rate: 0.3, from: 6000, to: 10_000, cost: 20 }),
    ];
    const { answered, limits } = runPool(load, 10);
    expect(refused(after(answered, 8000))).toBe(0);
    expect(limits.at(-1)).toBe(Number.POSITIVE_INFINITY);
  });
});

test("what is simply slower than it was is let in again, as slow as it is", () => {
  const random = randomFrom(17);
  const load = [
    ...poisson(random, { rate: 2, to: 3000, cost: 20 }),
    ...poisson(random, { rate: 2, from: 3000, to: 12_000, cost: 100 }),
  ];
  expect(refused(after(runPool(load, Number.POSITIVE_INFINITY).answered, 9000))).toBe(0);
});

test("what never ends is noticed by those that wait for it", () => {
  const limiter = createConcurrency({ min: 8, max: 10_000, interval: 100, tolerance: 20 });
  let inFlight = 0;
  let turnedAway = 0;
  for (let now = 0; now < 5000; now += 2) {
    limiter.tick(inFlight, now);
    if (!limiter.admits(NORMAL, inFlight)) {
      turnedAway++;
      continue;
    }
    const sample = { key: "GET /", start: now };
    limiter.begin(sample);
    if (now < 1000) limiter.end(sample, now + 20);
    else inFlight++;
  }
  expect(turnedAway).toBeGreaterThan(1000);
  expect(inFlight).toBeLessThan(1000);
});

test("a rank may fill its part of the most that is ever let in", () => {
  const limiter = createConcurrency({ min: 8, max: 100, interval: 100, tolerance: 20 });
  const most = ([LOW, NORMAL, CRITICAL] as const).map((rank) => {
    let inFlight = 0;
    while (limiter.admits(rank, inFlight)) inFlight++;
    return inFlight;
  });
  expect(most).toEqual([75, 100, 200]);
});
