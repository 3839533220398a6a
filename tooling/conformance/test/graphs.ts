/** Graphs as an app makes them, each held to the schema that is published. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type App, graph as graphOf, type Graph, type JsonSchema } from "@openspeed/core";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { typeSchema } from "../src/type-schema.ts";

const core = join(import.meta.dirname, "../../../packages/core");
export const schemaFile: string = join(core, "graph.schema.json");

/** The schema that the types say. Closed: with nothing that they do not declare. */
export function declaredSchema({ closed = false }: { readonly closed?: boolean } = {}): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:openspeed:graph:1${closed ? ":closed" : ""}`,
    title: "The graph of an OpenSpeed app, version 1",
    ...typeSchema(join(core, "src/compile/graph.ts"), "Graph", {
      known: { JsonSchema: { $ref: "https://json-schema.org/draft/2020-12/schema" } },
      closed,
    }),
  };
}

// Formats are for annotation here: what stands in a route's schema is the business of its library.
const ajv = new Ajv2020({ allErrors: true, validateFormats: false });
export const published: ValidateFunction = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")));
export const closed: ValidateFunction = ajv.compile(declaredSchema({ closed: true }));

/** The graph of an app, as core makes it. @throws if it is not as its schema says, or has what no type declares */
export async function graph(app: App): Promise<Graph> {
  const made = await graphOf(app);
  const json: unknown = JSON.parse(JSON.stringify(made));
  for (const validate of [published, closed]) {
    if (!validate(json)) throw new Error(`A graph is not as its schema says: ${ajv.errorsText(validate.errors)}`);
  }
  return made;
}
