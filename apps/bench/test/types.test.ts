import { expect, test } from "vitest";
import { marginalInstantiations } from "../src/types/marginal.ts";
import { sourceOf } from "../src/types/subjects/openspeed.ts";

// Counts, not times: the compiler gives the same ones on every machine.
test(
  "a route costs at most 650 instantiations, and no more in a large app than in a small one",
  { timeout: 120_000 },
  async () => {
    const [small = Number.NaN, large = Number.NaN] = await marginalInstantiations(sourceOf, [50, 400, 2000]);
    expect(small).toBeLessThanOrEqual(650);
    expect(large).toBeLessThanOrEqual(small * 1.03);
  },
);
