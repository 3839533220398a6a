import type { Attack, Observation } from "../case.ts";

export type WayName = "handle" | "fetch" | "socket" | "raw" | "start";

/** One way to a subject. */
export interface Way {
  readonly name: WayName;
  /**
   * The targets that the app may see for one that is sent, as far as the way itself reads it; empty if it cannot be sent this way.
   */
  readonly sees: (method: string, target: string) => readonly string[];
  /** `undefined` where an attack cannot be sent this way. Never rejects. */
  readonly send: (attack: Attack, id: string) => Promise<Observation | undefined>;
  readonly close: () => Promise<void>;
}
