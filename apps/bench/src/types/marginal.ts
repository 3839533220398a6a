import { typeCost } from "./compile.ts";

/** Instantiations for each route between two sizes of the same file; the cost of the imports cancels out. */
export async function marginalInstantiations(
  sourceOf: (count: number) => string,
  from: number,
  to: number,
): Promise<number> {
  const [less, more] = [await typeCost(sourceOf(from)), await typeCost(sourceOf(to))];
  return (more.instantiations - less.instantiations) / (to - from);
}
