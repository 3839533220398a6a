import { CRITICAL, LOW, NORMAL, type Rank } from "./rank.ts";

/**
 * Requests that wait for their turn, and the judgement on them.
 *
 * In the manner of CoDel (RFC 8289) and Facebook's controlled delay, a queue that stands is told from a burst: what is
 * refused is not what waits long once, as after a garbage collection, but what waits in a queue that keeps growing, or that
 * stays long. Then each may wait for half the target only, and what matters more goes first. Pure: time is passed in, in
 * milliseconds.
 */
export interface Queue<T> {
  readonly length: number;
  /** Whether requests are being refused. */
  readonly shedding: boolean;
  push(item: T, now: number): void;
  /** The next one, to be served or to be refused; `undefined` if none waits. */
  take(now: number): Taken<T> | undefined;
}

export interface Taken<T> {
  readonly item: T;
  readonly refused: boolean;
  /** Found out only while requests are refused. */
  readonly rank: Rank | undefined;
}

interface QueueOptions<T> {
  /** The wait that is aimed at. */
  readonly target: number;
  readonly rankOf: (item: T) => Rank;
}

interface Entry<T> {
  readonly item: T;
  readonly at: number;
  readonly rank: Rank | undefined;
}

/** What is looked at together, and how many such looks must agree. */
const WINDOW_MS = 25;
const LOOKS = 6;
/** So many requests that they are not so many by chance. */
const CROWD = 40;
/** How many times the target the wait may be in a queue that does not grow; more in a short one, of slow handlers. */
const STANDING = 10;
const STANDING_FEW = 50;
/** The part of the target that each may wait while requests are refused; critical ones may wait as in any queue. */
const ALLOWED = 0.5;
/** Refusing may take this share of the time; where serving is as cheap as refusing, each may wait longer. */
const REFUSING = 0.1;
/** Milliseconds of refusals in a row after which one is served, however late. */
const REFUSING_MS = 2;
const WIDEST = 4;
/** Looks in a row at which fewer than this share were refused end it. */
const FEW = 0.1;
const CALM = 20;

export function createQueue<T>({ target, rankOf }: QueueOptions<T>): Queue<T> {
  const lanes = [createLane<T>(), createLane<T>(), createLane<T>()] as const;
  let shedding = false;
  let window = { from: 0, seen: 0, refused: 0, refusing: 0 };
  /** How many waited at the end of the last windows, the latest last. */
  let lengths: number[] = [];
  let width = 1;
  let calm = 0;
  let refusedAt: number | undefined;
  let refusingSince: number | undefined;

  const length = (): number => lanes[0].length + lanes[1].length + lanes[2].length;

  function isOverload(waited: number): boolean {
    const now = lengths.at(-1) ?? 0;
    const before = lengths[0] ?? 0;
    if (lengths.length < LOOKS || waited <= target) return false;
    const grows = now >= CROWD && now >= 2 * before && lengths.every((each, i) => each > (lengths[i - 1] ?? -1));
    // A queue that is shorter than it was is being worked off.
    const stands = waited >= target * (now >= CROWD ? STANDING : STANDING_FEW) && before > 0 && now >= before;
    return grows || stands;
  }

  function endWindow(waited: number, now: number): void {
    const passed = Math.floor((now - window.from) / WINDOW_MS);
    if (passed < 1) return;
    lengths = [...lengths, length()].slice(-LOOKS);
    if (shedding) {
      width =
        window.refusing > (now - window.from) * REFUSING ? Math.min(WIDEST, width * 2) : Math.max(1, width * 0.95);
      // Windows in which nothing came at all count too.
      calm = window.refused > window.seen * FEW ? 0 : calm + passed;
      if (calm >= CALM) {
        shedding = false;
        lengths = [];
      }
    } else if (isOverload(waited)) {
      shedding = true;
      [width, calm] = [1, 0];
    }
    window = { from: now, seen: 0, refused: 0, refusing: 0 };
  }

  const allowed = (rank: Rank): number => target * (rank === CRITICAL ? STANDING : ALLOWED * width);

  /** Who matters most; but who has waited too long is told so, and not left behind those who matter more. */
  function next(now: number): Entry<T> | undefined {
    if (shedding) {
      for (const rank of [LOW, NORMAL] as const) {
        const { first } = lanes[rank];
        if (first !== undefined && now - first.at > allowed(rank)) return lanes[rank].shift();
      }
    }
    return lanes[CRITICAL].shift() ?? lanes[NORMAL].shift() ?? lanes[LOW].shift();
  }

  /** Who came last, as those before have waited too long all the same. */
  function newest(): Entry<T> | undefined {
    return lanes[CRITICAL].pop() ?? lanes[NORMAL].pop() ?? lanes[LOW].pop();
  }

  return {
    get length() {
      return length();
    },
    get shedding() {
      return shedding;
    },
    push(item, now) {
      if (length() === 0) endWindow(0, now);
      const rank = shedding ? rankOf(item) : undefined;
      lanes[rank ?? NORMAL].push({ item, at: now, rank });
    },
    take(now) {
      // Where even refusing takes its time, as when others use the machine, some are served all the same.
      const forced = refusingSince !== undefined && now - refusingSince > REFUSING_MS;
      const entry = forced ? newest() : next(now);
      if (entry === undefined) return undefined;
      const { item, at } = entry;
      endWindow(now - at, now);
      window.seen++;
      if (!shedding) return { item, refused: false, rank: undefined };
      const rank = entry.rank ?? rankOf(item);
      const refused = !forced && now - at > allowed(rank);
      if (refused) window.refused++;
      if (refusedAt !== undefined) window.refusing += now - refusedAt;
      refusedAt = refused ? now : undefined;
      refusingSince = refused ? (refusingSince ?? now) : undefined;
      return { item, refused, rank };
    },
  };
}

interface Lane<T> {
  readonly length: number;
  readonly first: Entry<T> | undefined;
  push(entry: Entry<T>): void;
  shift(): Entry<T> | undefined;
  /** Takes the last one. */
  pop(): Entry<T> | undefined;
}

/** Taken from either end, in constant time; an array's own `shift` is not. */
function createLane<T>(): Lane<T> {
  let entries: Entry<T>[] = [];
  let next = 0;
  return {
    get length() {
      return entries.length - next;
    },
    get first() {
      return entries[next];
    },
    push(entry) {
      entries.push(entry);
    },
    shift() {
      const entry = entries[next];
      if (entry === undefined) return undefined;
      next++;
      if (next === entries.length) [entries, next] = [[], 0];
      else if (next > 1024) [entries, next] = [entries.slice(next), 0];
      return entry;
    },
    pop: () => (entries.length > next ? entries.pop() : undefined),
  };
}
