import type { Subject } from "../subject.ts";
import { browsers } from "./browsers.ts";
import { frames, spoken } from "./echo.ts";
import { built, staticFiles } from "./files.ts";
import { folder } from "./folders.ts";
import { inputs } from "./inputs.ts";
import * as kernel from "./kernel.ts";
import { pages } from "./pages.ts";
import { absentPlayground, documents, guardedPlayground, tools } from "./projections.ts";

import * as security from "./security.ts";

/** Everything that is attacked. A package that guards or refuses adds a line here and one to `guards.ts`. */
export const subjects: readonly Subject[] = [
  ...Object.values(kernel),
  folder,
  pages,
  built,
  staticFiles,
  browsers,
  security.addresses,
  security.limits,
  security.keyed,
  guardedPlayground,
  absentPlayground,
  documents,
  tools,
  inputs,
  frames,
  spoken,
];

export function subjectNamed(name: string): Subject {
  const found = subjects.find((subject) => subject.name === name);
  if (found === undefined)
    throw new TypeError(`There is no subject "${name}"; known: ${subjects.map((each) => each.name).join(", ")}.`);
  return found;
}
