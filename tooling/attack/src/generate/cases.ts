import type { AttackClass, NumberedCase } from "../case.ts";
import type { Subject } from "../subject.ts";
import { bodyFamilies } from "./bodies.ts";
import { contentTypes } from "./content-types.ts";
import { type Family, familyCase } from "./family.ts";
import { frameFamilies } from "./frames.ts";
import { identityFamilies } from "./identity.ts";
import { brokenOff, multipartFamilies } from "./multipart.ts";
import { pathCase } from "./paths.ts";
import { siteFamilies } from "./sites.ts";
import { spokenFamilies } from "./spoken.ts";

const families: Readonly<Record<Exclude<AttackClass, "A">, readonly Family[]>> = {
  // Content types have fooled one parser four times: they have more than one share.
  B: [contentTypes, ...bodyFamilies, contentTypes, ...multipartFamilies, brokenOff, contentTypes],
  // What is said back meets fewer shapes, and needs as many values.
  C: [...frameFamilies, ...spokenFamilies, ...spokenFamilies],
  D: [...siteFamilies, ...identityFamilies],
};

/** The case of a number: pure, the same on every machine. */
export function caseOf(
  attackClass: AttackClass,
  seed: number,
  number: number,
  subjects: readonly Subject[],
): NumberedCase {
  const made =
    attackClass === "A"
      ? pathCase(
          seed,
          number,
          subjects.filter(({ classes }) => classes.includes("A")),
        )
      : familyCase(attackClass, families[attackClass], seed, number);
  return { ...made, number };
}

/** How a count is shared: paths have half of it, as they have most of the subjects. */
const SHARES: Readonly<Record<AttackClass, number>> = { A: 0.5, B: 0.22, C: 0.22, D: 0.06 };

export function casesOf(
  classes: readonly AttackClass[],
  seed: number,
  count: number,
  subjects: readonly Subject[],
): readonly NumberedCase[] {
  const total = classes.reduce((sum, each) => sum + SHARES[each], 0);
  return classes.flatMap((each) =>
    Array.from({ length: Math.ceil((count * SHARES[each]) / total) }, (_, number) =>
      caseOf(each, seed, number, subjects),
    ),
  );
}
