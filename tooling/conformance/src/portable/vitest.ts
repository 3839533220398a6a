// The part of vitest that the suite uses, for runtimes on which vitest itself does not run.
import { afterAll, afterEach, beforeAll, beforeEach, group, type Body, type Report, runAll, single } from "./runner.ts";
import { expect } from "./expect.ts";
import { titleOf } from "./title.ts";

export { afterAll, afterEach, beforeAll, beforeEach, expect };

type Each<Made extends (name: string, body: () => void | Promise<void>) => void> = (
  cases: readonly unknown[],
) => (name: string, body: (...args: readonly unknown[]) => ReturnType<Parameters<Made>[1]>) => void;

function eachOf(make: (name: string, body: Body) => void): Each<typeof make> {
  return (cases) => (name, body) => {
    for (const each of cases) {
      const args: readonly unknown[] = Array.isArray(each) ? each : [each];
      make(titleOf(name, args), () => body(...args));
    }
  };
}

const skip = (): void => {};

export const test: typeof single & { each: Each<typeof single>; skipIf: (condition: boolean) => typeof single } =
  Object.assign((name: string, body: Body) => single(name, body), {
    each: eachOf(single),
    skipIf: (condition: boolean) => (condition ? skip : single),
  });

export const describe: typeof group & { each: Each<typeof group>; skipIf: (condition: boolean) => typeof group } =
  Object.assign((name: string, body: () => void) => group(name, body), {
    each: eachOf(group),
    skipIf: (condition: boolean) => (condition ? skip : group),
  });

/** Runs everything that the bundled files have registered. */
export function run(): Promise<Report> {
  return runAll();
}
