import { type Declared, provide, type Provider } from "@openspeed/core";
import { memoryStore } from "./memory-store.ts";
import { wrongOption } from "./wrong-option.ts";

/** At most so many in every stretch of time of this length. */
export interface Window {
  readonly limit: number;
  /** Milliseconds. */
  readonly length: number;
}

/** What came of asking for a place in a window. */
export interface Place {
  readonly taken: boolean;
  /** How many are taken, this one included if it was. */
  readonly used: number;
  /** Milliseconds until the oldest of them is forgotten. */
  readonly frees: number;
}

/**
 * What guards remember, for all processes of an app. Four operations, each of them atomic; a value is a text that lives for
 * `ttl` milliseconds. Everything else is made of them: what must happen once is added, what changes is replaced by who knows
 * what was there.
 *
 * A promise that rejects says that the store is down, or full; each guard says what it does then.
 */
export interface Store {
  /** Takes a place in a window of this key, if one is left. */
  take(key: string, window: Window): Place | Promise<Place>;
  /** The value, `undefined` if there is none. */
  get(key: string): string | undefined | Promise<string | undefined>;
  /** Puts a value where none is, and gives `undefined`; or gives the one that is there, and changes nothing. */
  add(key: string, value: string, ttl: number): string | undefined | Promise<string | undefined>;
  /** Puts `after`, or nothing for `undefined`, in the place of exactly `before`; `false` where something else is. */
  replace(key: string, before: string, after: string | undefined, ttl: number): boolean | Promise<boolean>;
}

/**
 * The store of every guard that is given no other: this process's memory, until an app binds a better one.
 *
 * @example
 * createApp({ bind: [guardStore.to(redisStore({ client: () => new Redis() }))] });
 */
export const guardStore: Provider<"guardStore", Store, Declared<{}, []>> = provide("guardStore", { scope: "app" }, () =>
  memoryStore(),
);

/**
 * The store that a guard was given, or everybody's. It has to be a provider: a store by itself is nobody's to make and to end.
 *
 * @throws TypeError `OS_STORE_INVALID`
 */
export function storeOf(given: Provider<string, Store> | undefined, where: string): Provider<string, Store> {
  if (given === undefined) return guardStore;
  if (given.kind === "provider") return given;
  throw wrongOption(
    "OS_STORE_INVALID",
    `${where} is no provider.`,
    'Give provide("store", { scope: "app" }, () => store).',
  );
}
