import { createConcurrency, type Sample } from "../../src/overload/concurrency.ts";
import { NORMAL } from "../../src/overload/rank.ts";
import type { Answered, Arrival } from "./event-loop.ts";

export interface PoolArrival extends Arrival {
  /** Its route. */
  readonly key?: string;
}

interface Waiting {
  readonly arrival: PoolArrival;
  readonly sample: Sample;
}

/**
 * Requests that each hold one of `size` places for their `cost`, in numbers; `Infinity` places are handlers that only wait.
 * Tells each answer, and the highest limit and lowest that there were.
 */
export function runPool(arrivals: readonly PoolArrival[], size: number): { answered: Answered[]; limits: number[] } {
  const limiter = createConcurrency({ min: 8, max: 10_000, interval: 100, tolerance: 20 });
  const answered: Answered[] = [];
  const limits: number[] = [];
  const queue: Waiting[] = [];
  /** By when it ends. */
  const busy: (Waiting & { readonly ends: number })[] = [];
  let inFlight = 0;

  function work(now: number): void {
    while (busy.length < size) {
      const next = queue.shift();
      if (next === undefined) return;
      const ends = now + next.arrival.cost;
      const at = busy.findIndex((other) => other.ends > ends);
      busy.splice(at === -1 ? busy.length : at, 0, { ...next, ends });
    }
  }
  function endUntil(now: number): void {
    for (let first = busy[0]; first !== undefined && first.ends <= now; first = busy[0]) {
      busy.shift();
      inFlight--;
      limiter.end(first.sample, first.ends);
      answered.push({ ...first.arrival, refused: false, latency: first.ends - first.arrival.at });
      work(first.ends);
    }
  }
  for (const arrival of arrivals.toSorted((a, b) => a.at - b.at)) {
    endUntil(arrival.at);
    limiter.tick(inFlight, arrival.at);
    limits.push(limiter.limit);
    if (!limiter.admits(arrival.rank ?? NORMAL, inFlight)) {
      answered.push({ ...arrival, refused: true, latency: 0 });
      continue;
    }
    inFlight++;
    const sample: Sample = { key: arrival.key ?? "GET /", start: arrival.at };
    limiter.begin(sample);
    queue.push({ arrival, sample });
    work(arrival.at);
  }
  endUntil(Number.POSITIVE_INFINITY);
  return { answered, limits };
}
