import type { Duration } from "@openspeed/core";
import type { Store } from "./store.ts";
import { milliseconds } from "./wrong-option.ts";

export interface CircuitOptions {
  /** How long an answer of the store is waited for. Default `"250ms"`. */
  readonly timeout?: Duration;
  /** How long a store that did not answer is left alone. Default `"1s"`. */
  readonly pause?: Duration;
}

/** In milliseconds. */
interface Circuit {
  readonly timeout: number;
  readonly pause: number;
}

/** What a store's operations reject with when it is down. */
export class StoreDown extends Error {
  readonly code = "OS_STORE_DOWN";
  /** Whether this is the first time that it is noticed: the one to report. */
  readonly noticed: boolean;

  constructor(noticed: boolean, cause: unknown) {
    super("OS_STORE_DOWN: The store of rate limits and idempotency keys does not answer.", { cause });
    this.name = "StoreDown";
    this.noticed = noticed;
  }
}

/** Whether an error of a store is to be reported: an outage is told once, anything else each time. */
export function isNews(error: unknown): boolean {
  return !(error instanceof StoreDown) || error.noticed;
}

/** @throws TypeError `OS_INVALID_LIMIT`, in the name of whose options these are */
export function circuitOf({ timeout = "250ms", pause = "1s" }: CircuitOptions, who: string): Circuit {
  return {
    timeout: milliseconds(timeout, `${who}({ timeout })`),
    pause: milliseconds(pause, `${who}({ pause })`),
  };
}

/**
 * A store that keeps nobody waiting: an operation that takes longer than `timeout` rejects, and once one has failed, all
 * reject at once until `pause` is over; then one is let through, to see whether the store is back.
 *
 * @throws TypeError `OS_INVALID_LIMIT`
 */
export function withCircuit(store: Store, options: CircuitOptions = {}): Store {
  const { timeout, pause } = circuitOf(options, "withCircuit");
  let state: "closed" | "open" | "probing" = "closed";
  let opened = 0;

  async function ask<T>(operation: () => T | Promise<T>): Promise<T> {
    if (state === "open" && performance.now() - opened >= pause) state = "probing";
    else if (state !== "closed") throw new StoreDown(false, undefined);
    try {
      const answer = await within(timeout, operation);
      state = "closed";
      return answer;
    } catch (cause) {
      const noticed = state === "closed";
      state = "open";
      opened = performance.now();
      throw new StoreDown(noticed, cause);
    }
  }

  return {
    take: (key, window) => ask(() => store.take(key, window)),
    get: (key) => ask(() => store.get(key)),
    add: (key, value, ttl) => ask(() => store.add(key, value, ttl)),
    replace: (key, before, after, ttl) => ask(() => store.replace(key, before, after, ttl)),
  };
}

function within<T>(limit: number, operation: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`There was no answer within ${limit} ms.`)), limit);
    Promise.resolve()
      .then(operation)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
