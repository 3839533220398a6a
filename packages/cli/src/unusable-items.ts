import type { Diagnostic } from "@openspeed/core";
import type { Scan } from "@openspeed/router-fs/generate";
import { exportIn, layoutOf, noLists } from "./explained.ts";
import { once } from "./generated.ts";

type Load = (file: string) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Names the files that are to blame, as the scan knows them. What is said of an item that nothing can use names the route that
 * has it: where it came from a `_use` file, that file is named instead, once, however many routes are below it.
 */
export async function namedItems(
  diagnostics: readonly Diagnostic[],
  scan: Scan | undefined,
  load: Load,
  root: string,
): Promise<readonly Diagnostic[]> {
  if (scan === undefined) return diagnostics;
  const named: Diagnostic[] = [];
  for (const each of diagnostics) {
    const uses = each.code === "OS_UNUSABLE_ITEM" ? usesOf(each.where, scan) : [];
    const found: Diagnostic[] = [];
    for (const file of uses) found.push(...(await faultsOf(each, file, load, root)));
    found.push(...(await noLists(each, scan, load, root)));
    named.push(...(found.length > 0 ? found : [{ ...each, where: layoutOf(each, scan, root) ?? each.where }]));
  }
  return once(named);
}

function usesOf(where: string, { routes }: Scan): readonly string[] {
  return [...new Set(routes.filter(({ file }) => file === where).flatMap(({ uses }) => uses))];
}

async function faultsOf(
  diagnostic: Diagnostic,
  file: string,
  load: Load,
  root: string,
): Promise<readonly Diagnostic[]> {
  const items = (await load(file))["default"];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, index): Diagnostic[] =>
    isItem(item)
      ? []
      : [
          {
            ...diagnostic,
            where: exportIn(file, root),
            message: `Item ${index + 1} of its list is one that nothing can use: ${String(item)}.`,
            mend: "Look at the imports of the file: one of them may be misspelt.",
          },
        ],
  );
}

function isItem(item: unknown): boolean {
  return typeof item === "object" && item !== null && "kind" in item && item.kind !== undefined;
}
