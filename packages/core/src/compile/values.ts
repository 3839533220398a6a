import { type Awaitable, isPromise } from "../boundary.ts";
import type { Ending, Provider } from "../provide.ts";
import { within } from "../request/within.ts";
import { failures } from "./failures.ts";
import type { Named } from "./resolve.ts";

/** A value, and the providers whose values it was made from. */
interface Made {
  readonly value: unknown;
  readonly needs: readonly Provider[];
}

/** Ends one thing; decides how long to wait for it, and what becomes of its error. */
export type End = (name: string, run: () => unknown) => Promise<unknown>;

/** The values that live as long as the app. */
export interface Values {
  readonly all: ReadonlyMap<Provider, Made>;
  /** Creates what is not there yet; needs come first in the list. */
  create(list: readonly Named[]): Promise<void>;
  /** In the reverse order of creation. */
  dispose(end: End): Promise<void>;
  /**
   * Takes over what the app before made by the same providers from the same needs, creates the rest of the list, starts,
   * and only then takes them from the one before; if anything fails, that has lost nothing.
   */
  succeed(before: Values | undefined, list: readonly Named[], start: () => Promise<void>): Promise<void>;
  /** Leaves to another app what it has too. */
  leave(to: Values): void;
}

/** @param start how many milliseconds one value may take to be made */
export function makeValues(start: number): Values {
  const all = new Map<Provider, Made>();
  const pending = new Map<Provider, Promise<void>>();

  async function make({ provider, needs }: Named, chain: string): Promise<void> {
    const ctx: Record<string, unknown> = { fail: failures(provider.problems, true) };
    for (const need of needs) ctx[need.name] = all.get(need.provider)?.value;
    const making = (provider.create as (ctx: object) => Awaitable<unknown>)(ctx);
    const value = isPromise(making) ? await inTime(Promise.resolve(making), provider, chain) : making;
    all.set(provider, { value, needs: needs.map((need) => need.provider) });
  }

  /** What comes too late is disposed: the app has not started, or was started again by then. */
  function inTime(making: Promise<unknown>, provider: Provider, chain: string): Promise<unknown> {
    const late = (): Error => {
      const error = new Error(
        `OS_START_TIMEOUT: ${chain} has no value after ${start} ms. Look at what its \`create\` waits for, or give createApp({ limits: { start } }) more time.`,
      );
      making.then((value) => disposal(provider)?.(value, { error })).catch(() => {}); // the start has failed already
      return error;
    };
    return within(making, start, late);
  }

  function leave(to: Values): void {
    for (const provider of to.all.keys()) all.delete(provider);
  }

  const values: Values = {
    all,
    leave,
    async succeed(before, list, start) {
      for (const { provider, needs } of list) {
        const former = before?.all.get(provider);
        const same = needs.every((need, i) => all.has(need.provider) && former?.needs[i] === need.provider);
        if (former !== undefined && same && !all.has(provider)) all.set(provider, former);
      }
      const kept = [...all.keys()];
      try {
        await values.create(list);
        await start();
      } catch (error) {
        for (const provider of kept) all.delete(provider);
        await values.dispose(async (_, run) => {
          try {
            await run();
          } catch {} // the first error is the one to tell
        });
        throw error;
      }
      before?.leave(values);
    },
    async create(list) {
      for (const named of list) {
        const { provider } = named;
        if (all.has(provider)) continue;
        const making = pending.get(provider) ?? make(named, chainTo(named, list));
        pending.set(provider, making);
        // A provider that failed is tried again with the next request: its database may be back by then.
        await making.finally(() => pending.delete(provider));
      }
    },
    async dispose(end) {
      for (const [provider, { value }] of [...all].toReversed()) {
        all.delete(provider);
        await end(`The provider ${provider.name}`, () => disposal(provider)?.(value, { error: undefined }));
      }
    },
  };
  return values;
}

/** `dispose` was declared for exactly the value that its provider makes. */
function disposal({ dispose }: Provider): ((value: unknown, ending: Ending) => Awaitable<void>) | undefined {
  return dispose as ((value: unknown, ending: Ending) => Awaitable<void>) | undefined;
}

/** From what a route asked for down to this one. */
function chainTo({ name, provider }: Named, list: readonly Named[]): string {
  const above = list.find(({ needs }) => needs.some((need) => need.provider === provider));
  return above === undefined ? `the provider ${name}` : `${chainTo(above, list)} → ${name}`;
}
