import { typeCost } from "./compile.ts";

/** Instantiations for one more route between each size and the next; the cost of the imports cancels out. */
export async function marginalInstantiations(
  sourceOf: (count: number) => string,
  sizes: readonly number[],
): Promise<number[]> {
  const counts: number[] = [];
  for (const size of sizes) counts.push((await typeCost(sourceOf(size))).instantiations);
  return sizes.slice(1).map((size, i) => ((counts[i + 1] ?? 0) - (counts[i] ?? 0)) / (size - (sizes[i] ?? 0)));
}
