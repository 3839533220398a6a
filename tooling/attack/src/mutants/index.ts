import { framing } from "./framing.ts";
import { guards } from "./guards.ts";
import { identity } from "./identity.ts";
import { inputs } from "./inputs.ts";
import type { Mutant } from "./mutant.ts";

export const mutants: readonly Mutant[] = [...guards, ...inputs, ...framing, ...identity];
