import { createQueue } from "../../src/overload/queue.ts";
import { NORMAL, type Rank } from "../../src/overload/rank.ts";

/** A request as the simulation has it: when it comes, and what it costs the CPU, in milliseconds. */
export interface Arrival {
  readonly at: number;
  readonly cost: number;
  readonly rank?: Rank;
}

export interface Answered extends Arrival {
  readonly refused: boolean;
  /** From its arrival to its answer. */
  readonly latency: number;
}

/** What reading and refusing a request costs, and how long handlers run before the loop goes round. */
const REFUSAL_MS = 0.03;
const SLICE_MS = 2;

/**
 * An event loop in numbers: each time round it puts what has arrived into the queue, and takes from it for a while. `again`
 * makes a client's next request out of an answer.
 */
export function runLoop(
  arrivals: readonly Arrival[],
  {
    again,
    until = Number.POSITIVE_INFINITY,
  }: { again?: (answer: Answered, now: number) => Arrival; until?: number } = {},
): Answered[] {
  const queue = createQueue<Arrival>({ target: 20, rankOf: ({ rank = NORMAL }) => rank });
  const coming = arrivals.toSorted((a, b) => a.at - b.at);
  const answered: Answered[] = [];
  let now = 0;
  while ((coming.length > 0 || queue.length > 0) && now < until) {
    if (queue.length === 0) now = Math.max(now, coming[0]?.at ?? now);
    while (coming[0] !== undefined && coming[0].at <= now) {
      const arrival = coming.shift();
      if (arrival !== undefined) queue.push(arrival, now);
    }
    for (const end = now + SLICE_MS; now < end;) {
      const taken = queue.take(now);
      if (taken === undefined) break;
      const { item: arrival, refused } = taken;
      now += refused ? REFUSAL_MS : arrival.cost;
      const answer = { ...arrival, refused, latency: now - arrival.at };
      answered.push(answer);
      const next = again?.(answer, now);
      if (next !== undefined) insert(coming, next);
    }
  }
  return answered;
}

function insert(coming: Arrival[], arrival: Arrival): void {
  const at = coming.findIndex((other) => other.at > arrival.at);
  coming.splice(at === -1 ? coming.length : at, 0, arrival);
}

/** Arrivals at random (Poisson) at `rate` per millisecond, from `from` to `to`. */
export function poisson(
  random: () => number,
  { rate, from = 0, to, cost, rank = NORMAL }: { rate: number; from?: number; to: number; cost: number; rank?: Rank },
): Arrival[] {
  const arrivals: Arrival[] = [];
  for (let at = from; ;) {
    at += -Math.log(1 - random()) / rate;
    if (at >= to) return arrivals;
    arrivals.push({ at, cost, rank });
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
