import { fileCases } from "../http/cases.ts";
import { race } from "../http/suite.ts";
import type { Options } from "../options.ts";
import type { Row } from "../row.ts";
import { writeTree } from "./tree.ts";

/** Files of a folder, each as its own documentation says; `bare` opens a stream and asks nothing. */
export function statics(options: Options): Promise<Row[]> {
  writeTree();
  return race(
    {
      suite: "static",
      cases: fileCases,
      subjects: ["bare", "openspeed", "fastify", "hono", "sirv"],
      reference: "bare",
      subjectFile: (name) => new URL(`./subjects/${name}.ts`, import.meta.url),
    },
    options,
  );
}
