import type { Place, Window } from "./store.ts";

/**
 * A window slides in steps of a 60th of its length: what is taken counts until its step has left the window as a whole. So
 * there are never more than `limit` in any stretch of the window's length, and a place is free again at most one step (1 s of
 * a minute) later than an exact list of times would say, at 61 numbers a key instead of `limit`.
 */
const STEPS = 60;

/** A step's length in milliseconds. */
export function stepOf(length: number): number {
  return Math.ceil(length / STEPS);
}

/** What is remembered of one key. */
export interface Count {
  used: number;
  /** Step and how many were taken in it, in turn, oldest first. */
  readonly steps: number[];
}

/** Takes a place in the window that ends now, if one is left; what has left the window is forgotten. */
export function takePlace(count: Count, { limit, length }: Window, now: number): Place {
  const step = stepOf(length);
  forget(count, length, now);
  const { steps } = count;
  const current = Math.floor(now / step);
  const taken = count.used < limit;
  if (taken) {
    // A clock that was set back adds to the newest step, which only keeps places longer.
    if (steps.length > 0 && (steps.at(-2) ?? 0) >= current) steps[steps.length - 1] = (steps.at(-1) ?? 0) + 1;
    else steps.push(current, 1);
    count.used++;
  }
  return { taken, used: count.used, frees: endOf(steps[0] ?? current, length) - now };
}

function forget(count: Count, length: number, now: number): void {
  const { steps } = count;
  let gone = 0;
  while (gone < steps.length && endOf(steps[gone] ?? 0, length) <= now) {
    count.used -= steps[gone + 1] ?? 0;
    gone += 2;
  }
  if (gone > 0) steps.splice(0, gone);
}

/** When what was taken in a step is forgotten. */
function endOf(step: number, length: number): number {
  return (step + 1) * stepOf(length) + length;
}
