import type { AttackClass } from "../case.ts";
import type { FaultKind } from "../judge.ts";
import type { Attacked, Subject } from "../subject.ts";
import { subjectNamed } from "../subjects/index.ts";

/** A subject made wrong on purpose, the way others were: cases of its class have to find it. */
export interface Mutant {
  readonly name: string;
  readonly class: AttackClass;
  /** What the cases have to find. */
  readonly finds: FaultKind;
  readonly subject: Subject;
  /** What serves it in place of adapter-node, where the transport itself is what is wrong. */
  readonly listen?: (app: Attacked) => Promise<{ readonly port: number; readonly close: () => Promise<void> }>;
}

/** The subject of this name, made another way. */
export function mutant(
  attackClass: AttackClass,
  finds: FaultKind,
  subject: string,
  name: string,
  make: Subject["make"],
  listen?: Mutant["listen"],
): Mutant {
  return { name, class: attackClass, finds, subject: { ...subjectNamed(subject), make }, ...(listen && { listen }) };
}
