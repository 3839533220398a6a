/** The loop: mutate what reached something new, run it, keep what reaches more. */
import { setImmediate } from "node:timers/promises";
import type { Guide } from "./coverage.ts";
import { minimise } from "./minimise.ts";
import { mutate } from "./mutate.ts";
import { createRandom } from "./random.ts";
import type { Check } from "./target.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface FuzzOptions {
  readonly seed: number;
  /** Inputs to run beside the corpus. */
  readonly iterations: number;
  /** Milliseconds after which no further input is begun. Default: none. */
  readonly time?: number;
  /** Milliseconds that no input may take, at the fastest of three runs. Default 1,000. */
  readonly slow?: number;
  readonly guide: Guide;
  readonly corpus: readonly Bytes[];
  /** Called with each input that reached something new. */
  readonly onKept?: (input: Bytes) => void;
}

export interface Finding {
  readonly input: Bytes;
  readonly error: unknown;
}

export interface FuzzResult {
  readonly runs: number;
  /** The corpus and what was kept. */
  readonly pool: readonly Bytes[];
  /** The first input that failed, made small. */
  readonly finding: Finding | undefined;
}

/** Inputs that are run between two looks at the coverage, since a look costs as much as hundreds of runs. */
const BATCH = 256;

export async function fuzz(check: Check, options: FuzzOptions): Promise<FuzzResult> {
  const { guide, slow = 1_000, time = Number.POSITIVE_INFINITY } = options;
  const { words, separators, longest = 2_048 } = check.target;
  const random = createRandom(options.seed);
  const pool: Bytes[] = [];
  const until = performance.now() + time;
  let runs = 0;

  async function failure(input: Bytes): Promise<unknown> {
    runs++;
    try {
      const start = performance.now();
      const running = check.run(input);
      if (running !== undefined) await running;
      const taken = performance.now() - start;
      if (taken > slow && (await fastest(input)) > slow) return new Error(`Took longer than ${slow} ms.`);
      return undefined;
    } catch (error) {
      return error ?? new Error(`Threw ${String(error)}.`);
    }
  }

  /** A machine that is busy makes one run slow, but not three. */
  async function fastest(input: Bytes): Promise<number> {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      await check.run(input);
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  }

  /** Runs all, and if they reached something new, finds out which did by running halves again. */
  async function sift(inputs: readonly Bytes[]): Promise<Finding | undefined> {
    for (const input of inputs) {
      if (performance.now() > until) return undefined;
      const error = await failure(input);
      if (error !== undefined) return { input, error };
    }
    if (!guide.look()) return undefined;
    const [first] = inputs;
    if (inputs.length === 1 && first !== undefined) {
      guide.keep();
      pool.push(first);
      options.onKept?.(first);
      return undefined;
    }
    const half = inputs.length >> 1;
    return (await sift(inputs.slice(0, half))) ?? (await sift(inputs.slice(half)));
  }

  /** What was kept last is nearest to what is not reached yet, so half of the time it is taken from there. */
  function choose(): Bytes {
    if (pool.length === 0) return new Uint8Array();
    const from = random.below(2) === 0 ? pool.length - Math.ceil(pool.length / 4) : 0;
    return pool[from + random.below(pool.length - from)] ?? new Uint8Array();
  }

  async function search(): Promise<Finding | undefined> {
    for (const input of options.corpus) {
      const error = await failure(input);
      if (error !== undefined) return { input, error };
      if (guide.look()) guide.keep();
      pool.push(input);
    }
    const material = {
      words: words.map((word) => Uint8Array.from(Buffer.from(word))),
      separators,
      longest,
      other: choose,
    };
    for (let left = options.iterations; left > 0 && performance.now() < until; left -= BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, left) }, () => mutate(choose(), random, material));
      const finding = await sift(batch);
      if (finding !== undefined) return finding;
      // What a run left for later has its turn, and fails the thread if it throws.
      await setImmediate();
    }
    return undefined;
  }

  const found = await search();
  if (found === undefined) return { runs, pool, finding: undefined };
  const input = await minimise(found.input, async (smaller) => (await failure(smaller)) !== undefined);
  return { runs, pool, finding: { input, error: (await failure(input)) ?? found.error } };
}

/** A few short inputs that together reach all that a pool reaches. `guide` knows nothing yet. */
export async function distil(check: Check, pool: readonly Bytes[], guide: Guide): Promise<readonly Bytes[]> {
  const kept: Bytes[] = [];
  const reachesMore = async (input: Bytes): Promise<boolean> => {
    await check.run(input);
    return guide.look();
  };
  for (const input of pool.toSorted((a, b) => a.length - b.length)) {
    // One input may reach several things; each becomes a short one of its own.
    while (await reachesMore(input)) {
      const smaller = await minimise(input, reachesMore, 300);
      if (!(await reachesMore(smaller))) break; // it was reached only once: something that is loaded or made on first use
      guide.keep();
      kept.push(smaller);
    }
  }
  return kept;
}
