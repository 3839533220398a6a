import type { Awaitable } from "../boundary.ts";
import type { Provider } from "../provide.ts";
import { failures } from "./failures.ts";
import type { Named } from "./resolve.ts";

/** A value, and the providers whose values it was made from. */
interface Made {
  readonly value: unknown;
  readonly needs: readonly Provider[];
}

/** The values that live as long as the app. */
export interface Values {
  readonly all: ReadonlyMap<Provider, Made>;
  /** Creates what is not there yet; needs come first in the list. */
  create(list: readonly Named[]): Promise<void>;
  /** In the reverse order of creation. All are disposed, then the first error is thrown. */
  dispose(): Promise<void>;
  /**
   * Takes over what the app before made by the same providers from the same needs, creates the rest of the list, starts,
   * and only then takes them from the one before; if anything fails, that has lost nothing.
   */
  succeed(before: Values | undefined, list: readonly Named[], start: () => Promise<void>): Promise<void>;
  /** Leaves to another app what it has too. */
  leave(to: Values): void;
}

export function makeValues(): Values {
  const all = new Map<Provider, Made>();
  const pending = new Map<Provider, Promise<void>>();

  async function make({ provider, needs }: Named): Promise<void> {
    const ctx: Record<string, unknown> = { fail: failures(provider.problems, true) };
    for (const need of needs) ctx[need.name] = all.get(need.provider)?.value;
    const value = await (provider.create as (ctx: object) => Awaitable<unknown>)(ctx);
    all.set(provider, { value, needs: needs.map((need) => need.provider) });
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
      for (const [provider, { value }] of [...all].toReversed()) {
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
