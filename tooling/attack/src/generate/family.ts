import type { Attack, Case, Expectation, Header } from "../case.ts";
import { type AttackClass, type AttackRequest, bytesOf } from "../case.ts";
import { type Random, randomOf } from "../random.ts";

/** A generator of one kind of attack; the same numbers make the same attack. */
export interface Family {
  readonly name: string;
  readonly answersTo: string;
  readonly subject: string;
  readonly make: (random: Random) => { readonly attack: Attack; readonly expect: Expectation };
}

/** Families in turn, so that each has its share of every count. */
export function familyCase(attackClass: AttackClass, families: readonly Family[], seed: number, number: number): Case {
  const family = families[number % families.length];
  if (family === undefined) throw new RangeError(`Class ${attackClass} has no families.`);
  const { name, answersTo, subject } = family;
  const made = family.make(randomOf(seed, attackClass, name, number));
  return { class: attackClass, name, origin: answersTo, subject, ...made };
}

export const SAFE: Expectation = { kind: "safe" };
export const REFUSED: Expectation = { kind: "refused" };

export function sent(
  method: string,
  target: string,
  headers: readonly Header[] = [],
  body?: string | Uint8Array<ArrayBuffer>,
  more: Partial<AttackRequest> = {},
): Attack {
  const bytes = typeof body === "string" ? bytesOf(body) : body;
  return { kind: "request", request: { method, target, headers, ...(bytes && { body: bytes }), ...more } };
}
