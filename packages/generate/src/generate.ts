import { resolve } from "node:path";
import { GenerateError } from "./fault.ts";
import type { Generator } from "./generator.ts";
import type { Model } from "./model/model.ts";
import { modelOf } from "./model/model-of.ts";
import { generators } from "./generators.ts";
import { type ReadOptions, readSource } from "./source/read.ts";
import type { Step } from "./write/plan.ts";
import { writeGenerated } from "./write/write.ts";

export interface GenerateOptions extends ReadOptions {
  /** A file or a URL. */
  readonly spec: string;
  /** The name of a generator. Default: `"client"`. */
  readonly kind?: string;
  /** The folder that is written to. Default: the project's for `server`, else `generated/KIND`. */
  readonly to?: string;
  /** The folder of routes, from `to`. Default: `"routes"`. */
  readonly routes?: string;
  /** More generators than the package's; one with the same name is taken instead. */
  readonly generators?: readonly Generator[];
}

export interface Generation {
  readonly model: Model;
  readonly folder: string;
  /** What was done with each file. */
  readonly steps: readonly Step[];
}

/**
 * Reads a document and writes code for it.
 *
 * @throws GenerateError with what is wrong: the document, a kind that is none, files in the way
 *
 * @example
 * await generate({ spec: "openapi.yaml", kind: "client", to: "src/api" });
 */
export async function generate(options: GenerateOptions): Promise<Generation> {
  const { spec, kind = "client", routes = "routes", cwd = process.cwd() } = options;
  const known = [...(options.generators ?? []), ...generators];
  const generator = known.find(({ name }) => name === kind);
  if (generator === undefined) {
    throw new GenerateError({
      code: "OS_GENERATE_KIND",
      message: `"${kind}" is no kind of code.`,
      where: `--kind ${kind}`,
      mend: `Choose one of ${known.map(({ name }) => name).join(", ")}.`,
    });
  }
  const model = modelOf(await readSource(spec, options));
  const files = await generator.generate(model, { routes });
  const folder = resolve(cwd, options.to ?? (kind === "server" ? "." : `generated/${kind}`));
  return { model, folder, steps: await writeGenerated(folder, files) };
}
