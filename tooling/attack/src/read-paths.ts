/**
 * Generated paths by the hundred thousand, in process: each once as nobody and once as a caller, so that what the guard and the
 * router make of one path is held against the second reading, and with that against each other.
 */
import type { Header } from "./case.ts";
import { pathAlone } from "./generate/paths.ts";
import { type Fault, judge } from "./judge.ts";
import { CALLERS, makeLedger, makeWitness } from "./ledger.ts";
import type { Subject } from "./subject.ts";
import { handleWay } from "./ways/handle.ts";

export interface Difference extends Fault {
  readonly number: number;
  readonly subject: string;
  readonly method: string;
  readonly target: string;
  readonly caller: string | undefined;
}

export interface Paths {
  readonly paths: number;
  readonly perSecond: number;
  readonly differences: readonly Difference[];
}

const SHOWN = 20;

export async function readPaths(all: readonly Subject[], seed: number, count: number): Promise<Paths> {
  const subjects = all.filter(({ classes, table }) => classes.includes("A") && !table.some(({ silent }) => silent));
  const differences: Difference[] = [];
  const start = performance.now();
  let paths = 0;
  for (const [i, subject] of subjects.entries()) {
    const ledger = makeLedger();
    const way = handleWay(await subject.make(makeWitness(ledger, subject.name), ledger));
    for (let number = i; number < count && differences.length < SHOWN; number += subjects.length, paths++) {
      const { method, target } = pathAlone(seed, number, subject);
      for (const caller of [undefined, CALLERS[number % CALLERS.length]]) {
        const headers: readonly Header[] = caller === undefined ? [] : [["authorization", `Bearer ${caller}`]];
        const attack = { kind: "request", request: { method, target, headers } } as const;
        const observation = await way.send(attack, "path");
        if (observation === undefined) continue;
        const attacked = {
          class: "A",
          name: "paths",
          origin: "",
          subject: subject.name,
          attack,
          expect: { kind: "table" },
        } as const;
        const fault = judge(attacked, subject, { id: "path", way, observation, entries: ledger.take() });
        // In time they are not judged one by one.
        if (fault !== undefined && fault.kind !== "slow")
          differences.push({ ...fault, number, subject: subject.name, method, target, caller });
      }
    }
  }
  return { paths, perSecond: Math.round((paths * 1000) / (performance.now() - start)), differences };
}
