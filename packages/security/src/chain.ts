import type { Awaitable } from "@openspeed/core";
import { isPromise } from "@openspeed/core/authoring";

/** What comes next, at once where a value is there: a route in which everything is synchronous stays so. */
export function chain<T, R>(value: Awaitable<T>, go: (value: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? value.then(go) : go(value);
}
