import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CRITICAL, LOW, NORMAL } from "../../src/overload/rank.ts";
import { type Answered, type Arrival, poisson, randomFrom, runLoop } from "./event-loop.ts";

const seeds = fc.integer({ min: 1, max: 1e9 });
const refused = (answers: readonly Answered[]): number => answers.filter((answer) => answer.refused).length;
const served = (answers: readonly Answered[]): Answered[] => answers.filter((answer) => !answer.refused);
const after = (answers: readonly Answered[], ms: number): Answered[] => answers.filter(({ at }) => at >= ms);
const p99 = (answers: readonly Answered[]): number =>
  answers.map(({ latency }) => latency).sort((a, b) => a - b)[Math.floor(answers.length * 0.99)] ?? 0;

describe("nobody is refused", () => {
  test("while there is time for all, whatever a request costs", () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.02, max: 20, noNaN: true }), (seed, cost) => {
        const load = poisson(randomFrom(seed), { rate: 0.7 / cost, to: 2000 * cost, cost });
        expect(refused(runLoop(load))).toBe(0);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test("because all stood still for a while: garbage was collected, code compiled, a file read", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 20, max: 1000 }), (seed, pause) => {
        const load = poisson(randomFrom(seed), { rate: 0.4, to: 4000, cost: 1.5 });
        expect(refused(runLoop([...load, { at: 1000, cost: pause }]))).toBe(0);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test("because many came at once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0.02, max: 5, noNaN: true }), (count, cost) => {
        expect(refused(runLoop(Array.from({ length: count }, () => ({ at: 5, cost }))))).toBe(0);
      }),
    );
  });

  test.each([
    [50, 1.5],
    [400, 0.15],
    [1000, 0.035],
    [1000, 0.15],
  ])("of %i clients that each send the next request when they have their answer, %d ms each", (clients, cost) => {
    const again = (_answer: Answered, now: number): Arrival => ({ at: now + 0.2, cost });
    const all = Array.from({ length: clients }, () => ({ at: 0, cost }));
    expect(refused(runLoop(all, { again, until: 5000 }))).toBe(0);
  });
});

describe("three times what can be served", () => {
  const load = (rank: Arrival["rank"] = NORMAL): Answered[] =>
    after(runLoop(poisson(randomFrom(5), { rate: 2, to: 8000, cost: 1.5, rank })), 1000);

  test.each([
    ["critical", CRITICAL],
    ["normal", NORMAL],
    ["low", LOW],
  ] as const)("nine tenths of the time serve, if all requests are %s", (_name, rank) => {
    expect(served(load(rank)).length).toBeGreaterThan((0.9 * 7000) / 1.5);
  });

  test("both answers come soon", () => {
    const answers = load();
    expect(p99(served(answers))).toBeLessThan(50);
    expect(p99(answers.filter((answer) => answer.refused))).toBeLessThan(50);
  });

  test("it is noticed within a fifth of a second", () => {
    const [first] = runLoop(poisson(randomFrom(5), { rate: 2, to: 8000, cost: 1.5 })).filter(
      (answer) => answer.refused,
    );
    expect((first?.at ?? Number.POSITIVE_INFINITY) + (first?.latency ?? 0)).toBeLessThan(200);
  });

  test("and forgotten when it is over", () => {
    const random = randomFrom(5);
    const before = poisson(random, { rate: 2, to: 3000, cost: 1.5 });
    const later = poisson(random, { rate: 0.4, from: 3000, to: 8000, cost: 1.5 });
    expect(refused(after(runLoop([...before, ...later]), 4000))).toBe(0);
  });
});

describe("by rank", () => {
  test("low is refused before normal, critical last", () => {
    const random = randomFrom(9);
    const to = 8000;
    const answers = after(
      runLoop([
        ...poisson(random, { rate: 1, to, cost: 1.5, rank: LOW }),
        ...poisson(random, { rate: 1, to, cost: 1.5, rank: NORMAL }),
        ...poisson(random, { rate: 0.1, to, cost: 1.5, rank: CRITICAL }),
      ]),
      1000,
    );
    const of = (rank: Arrival["rank"]): Answered[] => answers.filter((answer) => answer.rank === rank);
    expect(refused(of(CRITICAL))).toBe(0);
    expect(served(of(NORMAL)).length).toBeGreaterThan(of(NORMAL).length / 2);
    expect(served(of(LOW)).length).toBeLessThan(of(LOW).length / 50);
  });

  test("critical alone is bounded too", () => {
    const answers = runLoop(poisson(randomFrom(9), { rate: 2, to: 4000, cost: 1.5, rank: CRITICAL }));
    expect(p99(after(answers, 1000))).toBeLessThan(250);
  });
});
