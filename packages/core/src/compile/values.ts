import type { Awaitable } from "../boundary.ts";
import type { Provider } from "../provide.ts";
import { failures } from "./failures.ts";
import type { Named } from "./resolve.ts";

/** The values that live as long as the app. */
export interface Values {
  readonly all: ReadonlyMap<Provider, unknown>;
  /** Creates what is not there yet; needs come first in the list. */
  create(list: readonly Named[]): Promise<void>;
  /** In the reverse order of creation. All are disposed, then the first error is thrown. */
  dispose(): Promise<void>;
  /**
   * Takes over what the app before made by the same providers from the same needs, creates the rest of the list, starts,
   * and only then takes them from the one before; if anything fails, that has lost nothing.
   */
  succeed(before: Values | undefined, list: readonly Named[], start: () => Promise<void>): Promise<void>;
  /** How a value was made, by its provider. */
  readonly made: ReadonlyMap<Provider, Named>;
  /** Leaves to another app what it has too. */
  leave(to: Values): void;
}

export function makeValues(): Values {
  const all = new Map<Provider, unknown>();
  const made = new Map<Provider, Named>();
  const pending = new Map<Provider, Promise<void>>();

  async function make(named: Named): Promise<void> {
    const { provider, needs } = named;
    const ctx: Record<string, unknown> = { fail: failures(provider.problems, true) };
    for (const need of needs) ctx[need.name] = all.get(need.provider);
    all.set(provider, await (provider.create as (ctx: object) => Awaitable<unknown>)(ctx));
    made.set(provider, named);
  }

  function leave(to: Values): void {
    for (const provider of to.all.keys()) all.delete(provider);
  }

  const values: Values = {
    all,
    made,
    leave,
    async succeed(before, list, start) {
      for (const named of list) {
        const { provider, needs } = named;
        const then = before?.made.get(provider)?.needs ?? [];
        const same = needs.every((need, i) => all.has(need.provider) && then[i]?.provider === need.provider);
        if (all.has(provider) || !before?.all.has(provider) || !same) continue;
        all.set(provider, before.all.get(provider));
        made.set(provider, named);
      }
      const kept = new Map(all);
      try {
        await values.create(list);
        await start();
      } catch (error) {
        for (const provider of kept.keys()) all.delete(provider);
        await values.dispose();
        throw error;
      }
      before?.leave(values);
    },
    async create(list) {
      for (const named of list) {
        const { provider } = named;
        if (all.has(provider)) continue;
        const making = pending.get(provider) ?? make(named);
        pending.set(provider, making);
        // A provider that failed is tried again with the next request: its database may be back by then.
        await making.finally(() => pending.delete(provider));
      }
    },
    async dispose() {
      const errors: unknown[] = [];
      for (const [provider, value] of [...all].toReversed()) {
        all.delete(provider);
        try {
          await (
            provider.dispose as ((value: unknown, ending: { readonly error: undefined }) => Awaitable<void>) | undefined
          )?.(value, { error: undefined });
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
  return values;
}
