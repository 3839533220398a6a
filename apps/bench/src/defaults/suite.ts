import { cases } from "../http/cases.ts";
import { race } from "../http/suite.ts";
import { subjectFile } from "../http/subjects.ts";
import type { Options } from "../options.ts";
import type { Row } from "../row.ts";

/** What protection costs: OpenSpeed without, with what `serve` does by itself, and with what a new project begins with. */
export function defaults(options: Options): Promise<Row[]> {
  return race(
    {
      suite: "defaults",
      cases: cases.filter(({ name }) => name !== "stream"),
      subjects: ["off", "openspeed", "guarded", "identified", "bare"],
      reference: "off",
      subjectFile: (name) =>
        name === "openspeed" || name === "bare" ? subjectFile(name) : new URL(`./subjects/${name}.ts`, import.meta.url),
    },
    options,
  );
}
