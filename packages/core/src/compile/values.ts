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
}

export function makeValues(): Values {
  const all = new Map<Provider, unknown>();
  const pending = new Map<Provider, Promise<void>>();

  async function make({ provider, needs }: Named): Promise<void> {
    const ctx: Record<string, unknown> = { fail: failures(provider.problems, true) };
    for (const need of needs) ctx[need.name] = all.get(need.provider);
    all.set(provider, await (provider.create as (ctx: object) => Awaitable<unknown>)(ctx));
  }

  return {
    all,
    async create(list) {
      for (const named of list) {
        const { provider } = named;
        if (all.has(provider)) continue;
        const made = pending.get(provider) ?? make(named);
        pending.set(provider, made);
        // A provider that failed is tried again with the next request: its database may be back by then.
        await made.finally(() => pending.delete(provider));
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
}
