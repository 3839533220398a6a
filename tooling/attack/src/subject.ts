import type { App } from "@openspeed/core";
import type { AttackClass } from "./case.ts";
import type { Ledger, Witness } from "./ledger.ts";
import type { Access, TableRoute } from "./oracle.ts";

/** What is attacked of an app. */
export type Attacked = Pick<App, "handle" | "fetch" | "ready" | "close" | "limits">;

/** A small app around one thing that guards or refuses, as attackers and the judge know it. */
export interface Subject {
  readonly name: string;
  /** Which classes it is a subject of. */
  readonly classes: readonly AttackClass[];
  /** All routes whose handlers are witnesses, for the second reading of paths. */
  readonly table: readonly TableRoute[];
  /** Who may see that a path does not exist. Default: anyone. */
  readonly missed?: Access;
  readonly make: (witness: Witness, ledger: Ledger) => Attacked | Promise<Attacked>;
}
