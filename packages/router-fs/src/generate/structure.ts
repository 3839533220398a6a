/** What follows from which files there are, whatever stands in them. */
import type { Diagnostic } from "@openspeed/core";
import { BUILT_IN } from "../built-in.ts";
import type { Environment } from "../grammar/file-name.ts";
import type { Places } from "../grammar/place.ts";
import { matcherNames } from "../matcher-files.ts";
import { type Plan, plan } from "../plan.ts";
import { type FolderNames, folderNames, type Roots } from "./routes-text.ts";

export interface Structure {
  readonly plan: Plan;
  readonly names: FolderNames;
  readonly roots: Roots;
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
  files: readonly string[],
  matcherFiles: readonly string[],
  { routes, matchers, up }: Folders,
  environment: Environment,
  places: Places,
): Structure {
  const planned = plan(files, environment, places);
  const { names: own, faults } = matcherNames(matcherFiles);
  const inFolder = new Map([...own].map(([name, file]) => [name, `${matchers}/${file}`]));
  const roots: Roots = { routes, up, matchers: inFolder, known: new Set([...BUILT_IN.keys(), ...own.keys()]) };
  return {
    plan: planned,
    names: folderNames(planned.folderFiles),
    roots,
    matcherFiles: [...inFolder.values()],
    faults: [...within(planned.faults, routes), ...within(faults, matchers)],
    key: JSON.stringify([[...planned.folderFiles], [...inFolder]]),
  };
}

function within(faults: readonly Diagnostic[], folder: string): Diagnostic[] {
  return faults.map((fault) => ({ ...fault, where: `${folder}/${fault.where}` }));
}
