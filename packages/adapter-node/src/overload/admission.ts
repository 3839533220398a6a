import { type Concurrency, type ConcurrencyOptions, createConcurrency, type Sample } from "./concurrency.ts";
import type { ByRank, Rank } from "./rank.ts";

/** Who may be in flight: pure, time and measurements are passed in, in milliseconds. */
export interface Admission {
  /** Requests let in that have no outcome yet. */
  inFlight: number;
  /** Whether memory is short: then only a few are in flight at once. */
  memoryShort: boolean;
  /** Whether nobody need be refused, as far as is known. */
  readonly calm: boolean;
  /** Whether a request of some rank would be refused now, so that it is worth finding out the rank. */
  readonly selects: boolean;
  admits(rank: Rank): boolean;
  begin(sample: Sample): void;
  end(sample: Sample, now: number): void;
  /** It tells nothing, or nothing yet. */
  forget(sample: Sample): void;
  tick(now: number): void;
}

/** The few that are in flight when memory is short, if nothing else says how many. */
const FEW = 8;
const SHORT: ByRank = [0, 1, 2];

export function createAdmission(options: ConcurrencyOptions | undefined): Admission {
  const limiter: Concurrency | undefined = options && createConcurrency(options);
  const few = options?.min ?? FEW;
  const admission: Admission = {
    inFlight: 0,
    memoryShort: false,
    get calm() {
      return !admission.memoryShort && (limiter?.limit ?? Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY;
    },
    get selects() {
      return admission.memoryShort || (limiter?.refuses(admission.inFlight) ?? false);
    },
    admits: (rank) =>
      !(admission.memoryShort && admission.inFlight >= few * SHORT[rank]) &&
      (limiter?.admits(rank, admission.inFlight) ?? true),
    begin: (sample) => limiter?.begin(sample),
    end: (sample, now) => limiter?.end(sample, now),
    forget: (sample) => limiter?.forget(sample),
    tick: (now) => limiter?.tick(admission.inFlight, now),
  };
  return admission;
}
