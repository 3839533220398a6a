import { type Duration, parseDuration } from "@openspeed/core";
import { ListenError } from "../listen-error.ts";

/** What is refused when too much comes. Every part can be changed, or left out with `false`. */
export interface OverloadOptions {
  /**
   * How long a request may wait for its turn in the event loop. Longer waits are refused when the queue grows, or when it
   * stands at ten times as much. Default `"20ms"`.
   */
  readonly delay?: Duration | false;
  /**
   * How many requests may be without an outcome at once. Below `min` nothing is limited, above `max` all is; between them
   * the limit follows the latencies. Default `{ min: 8, max: 10_000 }`.
   */
  readonly concurrency?: { readonly min?: number; readonly max?: number } | false;
  /** The part of the memory that may be in use, of the heap's limit and of the container's. Default 0.9. */
  readonly memory?: number | false;
  /** The least that `Retry-After` says; the most is three times as much. Whole seconds. Default `"1s"`. */
  readonly retryAfter?: Duration;
}

export interface Overload {
  readonly delay: number | undefined;
  readonly concurrency: { readonly min: number; readonly max: number } | undefined;
  readonly memory: number | undefined;
  /** Seconds. */
  readonly retryAfter: number;
}

const NAMES = ["delay", "concurrency", "memory", "retryAfter"];

/** @throws ListenError `OS_OVERLOAD_INVALID`; an option that cannot be understood never means "no limit". */
export function resolveOverload(options: OverloadOptions | boolean = true): Overload | undefined {
  if (options === false) return undefined;
  const given = options === true ? {} : options;
  if (typeof given !== "object" || given === null) throw invalid("overload", given, 'false or { delay: "20ms" }');
  const unknown = Object.keys(given).find((name) => !NAMES.includes(name));
  if (unknown !== undefined)
    throw new ListenError("OS_OVERLOAD_INVALID", `overload has no option ${unknown}; it has ${NAMES.join(", ")}.`);
  const { delay = "20ms", concurrency = {}, memory = 0.9, retryAfter = "1s" } = given;
  return {
    delay: delay === false ? undefined : milliseconds("delay", delay, 'false or a duration such as "20ms"'),
    concurrency: concurrency === false ? undefined : bounds(concurrency),
    memory: memory === false ? undefined : share(memory),
    retryAfter: Math.ceil(milliseconds("retryAfter", retryAfter, 'a duration such as "1s"') / 1000),
  };
}

function milliseconds(name: string, given: unknown, mend: string): number {
  const amount = parseDuration(given);
  if (amount === undefined) throw invalid(`overload.${name}`, given, mend);
  return amount;
}

function bounds(given: unknown): { min: number; max: number } {
  if (typeof given !== "object" || given === null)
    throw invalid("overload.concurrency", given, "false or { min: 8, max: 10_000 }");
  const { min = 8, max = 10_000, ...others }: { min?: unknown; max?: unknown } = given;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new ListenError("OS_OVERLOAD_INVALID", `overload.concurrency has no option ${other}; it has min and max.`);
  if (!isCount(min)) throw invalid("overload.concurrency.min", min, "a whole number of at least 1");
  if (!isCount(max) || max < min) throw invalid("overload.concurrency.max", max, `a whole number of at least ${min}`);
  return { min, max };
}

function share(given: unknown): number {
  if (typeof given === "number" && given > 0 && given <= 1) return given;
  throw invalid("overload.memory", given, "false or a part from 0 to 1, such as 0.9");
}

export function isCount(given: unknown): given is number {
  return Number.isInteger(given) && Number(given) >= 1;
}

function invalid(name: string, given: unknown, mend: string): ListenError {
  return new ListenError("OS_OVERLOAD_INVALID", `${name} is ${JSON.stringify(given) ?? "undefined"}; give ${mend}.`);
}
