/** What follows from which files there are, whatever stands in them. */
import type { Diagnostic } from "@openspeed/core";
import type { Environment } from "../grammar/file-name.ts";
import type { PlacedFile, Places } from "../grammar/place.ts";
import { matcherNames } from "../matcher-files.ts";
import { byCodePoint } from "../order.ts";
import { type Plan, plan } from "../plan.ts";
import { type FolderNames, folderNames, type Roots } from "./routes-text.ts";
import { typesFileOf, typesText } from "./types-text.ts";

export interface Structure {
  readonly plan: Plan;
  readonly names: FolderNames;
  readonly roots: Roots;
  /** The `$types`: path in the output folder → text. */
  readonly types: ReadonlyMap<string, string>;
  /** The files of own matchers, from the root. */
  readonly matcherFiles: readonly string[];
  readonly faults: readonly Diagnostic[];
  /** Equal for structures whose files' parts are equal if the files are. */
  readonly key: string;
}

export interface Folders {
  /** From the root. */
  readonly routes: string;
  readonly matchers: string;
  /** From the output folder to the root. */
  readonly up: string;
}

export function structureOf(
  files: Iterable<string>,
  matcherFiles: readonly string[],
  { routes, matchers, up }: Folders,
  environment: Environment,
  places: Places,
): Structure {
  const planned = plan([...files], environment, places);
  const { names: own, faults } = matcherNames(matcherFiles);
  const inFolder = new Map([...own].map(([name, file]) => [name, `${matchers}/${file}`]));
  const roots: Roots = { routes, up, matchers: inFolder };
  return {
    plan: planned,
    names: folderNames(planned.folderFiles),
    roots,
    types: typesOf([...planned.files.map(({ placed }) => placed), ...planned.elsewhere], roots),
    matcherFiles: [...inFolder.values()],
    faults: [...within(planned.faults, routes), ...within(faults, matchers)],
    key: JSON.stringify([[...planned.folderFiles], [...inFolder]]),
  };
}

/** For every environment: an editor shows all files. */
function typesOf(files: readonly PlacedFile[], roots: Roots): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const file of files) {
    if (file.role !== "route" && file.role !== "method" && file.role !== "page") continue;
    const text = typesText(file, roots);
    if (text !== undefined) types.set(typesFileOf(file, roots.routes), text);
  }
  return new Map([...types].sort(([a], [b]) => byCodePoint(a, b)));
}

function within(faults: readonly Diagnostic[], folder: string): Diagnostic[] {
  return faults.map((fault) => ({ ...fault, where: `${folder}/${fault.where}` }));
}
