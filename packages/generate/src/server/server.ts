import { type GeneratedFile, type Generator, type GeneratorOptions, MARK } from "../generator.ts";
import type { Operation } from "../model/model.ts";
import { schemasFile } from "../zod/schemas-file.ts";
import { fileOf } from "./file-name.ts";
import { routeFile } from "./route-text.ts";

const SCHEMAS = "src/api/schemas.ts";

/**
 * Routes for every operation, one file a path, each answering 501 until somebody writes its handler. The files are merged
 * when they are made again.
 */
export const server: Generator = {
  name: "server",
  description: "route files with zod schemas; handlers survive when they are made again",
  generate(model, options: GeneratorOptions): readonly GeneratedFile[] {
    const head = `// ${MARK}\n// ${model.title.replaceAll(/\s+/g, " ")} ${model.version}\n`;
    const byPath = Map.groupBy(model.operations, ({ path }: Operation) => path);
    const files = [...byPath].map(([path, operations]): GeneratedFile => {
      const file = `${options.routes}/${fileOf(path)}`;
      const up = "../".repeat(file.split("/").length - 1);
      return { path: file, text: routeFile(operations, `${up}${SCHEMAS}`), merged: true };
    });
    return [{ path: SCHEMAS, text: schemasFile(model.schemas, head) }, ...files];
  },
};
