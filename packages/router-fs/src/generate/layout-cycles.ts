/** A layout that imports itself over other files: when it is loaded, one of them sees nothing where the other should be. */
import type { Diagnostic } from "@openspeed/core";

/**
 * @param layouts files of layouts, from the root
 * @param importsOf the files that a file imports when it is loaded, from the root; `undefined` for one that is not the project's
 */
export function layoutCycles(
  layouts: readonly string[],
  importsOf: (file: string) => readonly string[] | undefined,
): Diagnostic[] {
  const faults: Diagnostic[] = [];
  const told = new Set<string>();
  for (const layout of layouts) {
    const chain = wayBack(layout, importsOf);
    if (chain === undefined || told.has(layout)) continue;
    for (const file of chain) told.add(file);
    faults.push({
      code: "OS_LAYOUT_CYCLE",
      message: `The layout imports itself: ${[...chain, layout].join(" → ")}.`,
      where: layout,
      mend: "Move what both need to a file of its own.",
    });
  }
  return faults;
}

/** The files from `start` on that lead back to it. */
function wayBack(start: string, importsOf: (file: string) => readonly string[] | undefined): string[] | undefined {
  const seen = new Set([start]);
  const ways: string[][] = [[start]];
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    for (const next of importsOf(way.at(-1) ?? start) ?? []) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}
