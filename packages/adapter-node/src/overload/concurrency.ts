import { type ByRank, LOW, type Rank } from "./rank.ts";

/** A request whose time is taken: from its arrival, or its body's, to its outcome. */
export interface Sample {
  /** What it is compared with: its route's key. */
  readonly key: string;
  start: number;
}

/**
 * Limits how many requests wait for something at once (a pool, another service) when more of them only make all slower.
 *
 * There is no limit until the latency says so. Each route is held against what it takes by itself, so that neither a slow
 * route nor another mix of routes is taken for overload. By Little's law, what is in flight divided by how much longer than
 * by itself everything takes is what can be worked at; the limit is twice that, so that nothing idles. It is lowered step by
 * step, and only by what was let in under the step before, as in TCP Vegas and Netflix's Gradient. Pure: time is passed in,
 * in milliseconds.
 */
export interface Concurrency {
  /** Infinite while nothing is limited. */
  readonly limit: number;
  /** Whether a rank might be refused now. */
  refuses(inFlight: number): boolean;
  admits(rank: Rank, inFlight: number): boolean;
  begin(sample: Sample): void;
  /** The outcome is there. */
  end(sample: Sample, now: number): void;
  /** It tells nothing, or nothing yet: what took its time was the client. */
  forget(sample: Sample): void;
  /** Called every now and then; judges once an interval. */
  tick(inFlight: number, now: number): void;
}

export interface ConcurrencyOptions {
  /** The limit is never lower. */
  readonly min: number;
  /** Nor is it ever higher. */
  readonly max: number;
  readonly interval: number;
  /** Milliseconds by which a latency must be above its route's own to count at all. */
  readonly tolerance: number;
}

/** How many times its own latency makes overload, and how many are aimed at. */
const TOO_SLOW = 3;
const AIM = 2;
/** Intervals in a row that must say the same. */
const PATIENCE = 3;
/** Samples without which nothing is judged. */
const ENOUGH = 5;
/** The limit falls to no less than this part of it at once, and rises by so much while all is well. */
const FALL = 0.5;
const RISE = 1.1;
const FAST_RISE = 1.5;
/** Intervals without a refusal after which there is no limit any more. */
const QUIET = 10;
/** What takes longer by itself waits by design, for events or people, and measures nothing. */
const WAITING_MS = 1000;
/** How many routes are known; beyond that goes the one that was not asked for the longest. */
const ROUTES = 1000;
/** How many samples are under way; half of them at most are such that measure nothing. */
const UNDER_WAY = 512;
/**
 * How much an interval changes what a route's own latency is taken to be: up slowly, so that a queue that builds up is not
 * taken for it, and down faster.
 */
const UP = 0.01;
const DOWN = 0.1;
/** The part of the limit that a rank may fill. */
const FILLED: ByRank = [0.75, 1, 2];

export function createConcurrency({ min, max, interval, tolerance }: ConcurrencyOptions): Concurrency {
  /** By route; the one that was asked for last stands last. */
  const own = new Map<string, number>();
  const underWay = new Set<Sample>();
  let ended: { readonly key: string; readonly latency: number }[] = [];
  let limit = Number.POSITIVE_INFINITY;
  let due = Number.NEGATIVE_INFINITY;
  let slow = 0;
  let quiet = 0;
  let refused = false;

  /** How many times its route's own a latency is; `undefined` where that is not known. */
  function slowness(key: string, latency: number): number | undefined {
    const known = own.get(key);
    if (known === undefined || known > WAITING_MS) return undefined;
    return latency - known < tolerance ? 1 : latency / known;
  }

  /** The median of what ended in this interval and of what has not, but is late already: that is at least so slow. */
  function measured(now: number): number | undefined {
    const endings = ended.map(({ key, latency }) => slowness(key, latency) ?? 0).filter((each) => each > 0);
    const late = [...underWay].map(({ key, start }) => slowness(key, now - start) ?? 0).filter((each) => each > 1);
    const slowly = median([...endings, ...late]);
    // What has not ended can only tell that it is too slow.
    const known = slowly > AIM ? endings.length + late.length : endings.length;
    return known < ENOUGH ? undefined : slowly;
  }

  /** The mean latency of each route in this interval. */
  function latencies(): Map<string, number> {
    const means = new Map<string, { sum: number; count: number }>();
    for (const { key, latency } of ended) {
      const mean = means.get(key) ?? { sum: 0, count: 0 };
      mean.sum += latency;
      mean.count++;
      means.set(key, mean);
    }
    return new Map([...means].map(([key, { sum, count }]) => [key, sum / count]));
  }

  function learn(): void {
    for (const [key, latency] of latencies()) {
      const known = own.get(key) ?? latency;
      own.delete(key);
      own.set(key, known + (latency - known) * (latency > known ? UP : DOWN));
    }
    for (const [oldest] of own) {
      if (own.size <= ROUTES) break;
      own.delete(oldest);
    }
  }

  /** What was let in under another limit says nothing of this one. */
  function setLimit(to: number): void {
    limit = to;
    underWay.clear();
  }
  const lowered = (from: number, slowly: number): number =>
    Math.max(min, Math.round(from * Math.max(FALL, AIM / slowly)));

  function judge(slowly: number, inFlight: number): void {
    if (limit === Number.POSITIVE_INFINITY) {
      slow = slowly > TOO_SLOW && inFlight > min ? slow + 1 : 0;
      if (slow >= PATIENCE) setLimit(lowered(inFlight, slowly));
    } else if (slowly <= AIM) {
      if (refused) setLimit(Math.ceil(limit * (slowly < AIM * 0.75 ? FAST_RISE : RISE)));
    } else if (limit > min) setLimit(lowered(limit, slowly));
    // So few cannot be in each other's way: it takes longer than it did, and that is its own latency now.
    else for (const [key, latency] of latencies()) own.set(key, latency);
  }

  return {
    get limit() {
      return limit;
    },
    refuses: (inFlight) => inFlight >= Math.min(max, limit) * FILLED[LOW],
    admits(rank, inFlight) {
      if (inFlight < Math.min(max, limit) * FILLED[rank]) return true;
      refused = true;
      return false;
    },
    begin(sample) {
      const measures = (own.get(sample.key) ?? Number.POSITIVE_INFINITY) <= WAITING_MS;
      if (underWay.size < (measures ? UNDER_WAY : UNDER_WAY / 2)) underWay.add(sample);
    },
    end(sample, now) {
      if (underWay.delete(sample)) ended.push({ key: sample.key, latency: now - sample.start });
    },
    forget(sample) {
      underWay.delete(sample);
    },
    tick(inFlight, now) {
      if (now < due) return;
      const idle = due === Number.NEGATIVE_INFINITY ? 0 : Math.floor((now - due) / interval);
      due = now + interval;
      const slowly = measured(now);
      if (slowly !== undefined) judge(slowly, inFlight);
      if (limit < Number.POSITIVE_INFINITY) {
        quiet = refused ? 0 : quiet + 1 + idle;
        if (quiet >= QUIET) {
          setLimit(Number.POSITIVE_INFINITY);
          [slow, quiet] = [0, 0];
        }
      } else if (slow === 0) learn(); // what is too slow is no measure of itself
      ended = [];
      refused = false;
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
