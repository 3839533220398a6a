import type { Size } from "@openspeed/core";
import { type Count, stepOf, takePlace } from "./sliding-window.ts";
import type { Place, Store, Window } from "./store.ts";
import { bytes, count } from "./wrong-option.ts";

export interface MemoryOptions {
  /** How many keys are counted. Default 100,000. */
  readonly keys?: number;
  /** How much all values and their keys may take. Default `"64MiB"`. */
  readonly size?: Size;
  /** Milliseconds of a clock that does not go back. Default `performance.now`. */
  readonly now?: () => number;
}

/** A store that answers at once: a route that is counted in it stays synchronous. */
export interface MemoryStore extends Store {
  take(key: string, window: Window): Place;
  get(key: string): string | undefined;
  add(key: string, value: string, ttl: number): string | undefined;
  replace(key: string, before: string, after: string | undefined, ttl: number): boolean;
}

interface Counted extends Count {
  /** When nothing of it is left. */
  ends: number;
}

interface Kept {
  readonly value: string;
  readonly ends: number;
}

/** How many neighbours are looked at to find who must go: enough that a busy key never is the least used of them. */
const LOOKED_AT = 8;
/** How many values are looked at where there is no room: a full store must not make each request slow. */
const LOOKED_AT_WHEN_FULL = 64;

/**
 * A store in this process's memory: for one process, for development and tests. Bounded: when all keys are counted, the least
 * used of a few gives way, so that who wants to be forgotten has to be busier under many other names than under his own; when
 * there is no room for a value, `add` throws `OS_STORE_FULL`, because a forgotten value could make something happen twice.
 *
 * @throws TypeError `OS_INVALID_LIMIT`
 */
export function memoryStore(options: MemoryOptions = {}): MemoryStore {
  const most = count(options.keys ?? 100_000, "memoryStore({ keys })");
  const room = bytes(options.size ?? "64MiB", "memoryStore({ size })");
  const now = options.now ?? (() => performance.now());
  const counts = new Map<string, Counted>();
  const values = new Map<string, Kept>();
  const passCounts = goRound(counts);
  const passValues = goRound(values);
  let held = 0;

  /** Keys that are over go as new ones come, a few each time, so there is no timer and no long pause. */
  function makeRoomForCount(time: number): void {
    let least: string | undefined;
    let used = Number.POSITIVE_INFINITY;
    for (let i = 0; i < LOOKED_AT; i++) {
      const [key, counted] = passCounts() ?? [];
      if (key === undefined || counted === undefined) return;
      if (counted.ends <= time) counts.delete(key);
      else if (counted.used < used) [least, used] = [key, counted.used];
    }
    if (counts.size >= most && least !== undefined) counts.delete(least);
  }

  function live(key: string, time: number): Kept | undefined {
    const kept = values.get(key);
    if (kept === undefined || kept.ends > time) return kept;
    drop(key, kept);
    return undefined;
  }

  function drop(key: string, kept: Kept): void {
    values.delete(key);
    held -= sizeOf(key, kept.value);
  }

  function put(key: string, value: string, ttl: number, time: number): void {
    values.set(key, { value, ends: time + ttl });
    held += sizeOf(key, value);
  }

  function makeRoomForValue(wanted: number, time: number): void {
    for (let i = 0; i < LOOKED_AT || (i < LOOKED_AT_WHEN_FULL && held + wanted > room); i++) {
      const [key, kept] = passValues() ?? [];
      if (key !== undefined && kept !== undefined && kept.ends <= time) drop(key, kept);
    }
    if (held + wanted > room) throw new StoreFull(room);
  }

  return {
    take(key, window) {
      const time = now();
      let counted = counts.get(key);
      if (counted === undefined) {
        makeRoomForCount(time);
        counts.set(key, (counted = { used: 0, steps: [], ends: 0 }));
      }
      const place = takePlace(counted, window, time);
      if (place.taken) counted.ends = time + window.length + stepOf(window.length);
      return place;
    },
    get: (key) => live(key, now())?.value,
    add(key, value, ttl) {
      const time = now();
      const there = live(key, time);
      if (there !== undefined) return there.value;
      makeRoomForValue(sizeOf(key, value), time);
      put(key, value, ttl, time);
      return undefined;
    },
    replace(key, before, after, ttl) {
      const time = now();
      const there = live(key, time);
      if (there?.value !== before) return false;
      if (after !== undefined) makeRoomForValue(sizeOf(key, after) - sizeOf(key, before), time);
      drop(key, there);
      if (after !== undefined) put(key, after, ttl, time);
      return true;
    },
  };
}

class StoreFull extends Error {
  readonly code = "OS_STORE_FULL";

  constructor(room: number) {
    super(
      `OS_STORE_FULL: The values in memory have ${room} bytes, as many as memoryStore({ size }) allows. ` +
        "Allow more, keep them for a shorter time, or bind a store that is no process's memory.",
    );
    this.name = "StoreFull";
  }
}

/** Bytes of two texts in memory. */
function sizeOf(key: string, value: string): number {
  return 2 * (key.length + value.length);
}

/** The next entry of a map that may change meanwhile, after the last one the first again; `undefined` if there is none. */
function goRound<K, V>(map: Map<K, V>): () => readonly [K, V] | undefined {
  let entries = map.entries();
  return () => {
    const next = entries.next();
    if (next.done !== true) return next.value;
    entries = map.entries();
    const first = entries.next();
    return first.done === true ? undefined : first.value;
  };
}
