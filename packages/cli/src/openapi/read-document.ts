import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Diagnostic } from "@openspeed/core";
import type { DocumentOptions, OpenApiDocument } from "@openspeed/openapi";
import type { Config } from "../config.ts";
import { Fault } from "../fault.ts";
import { atRef, readApp } from "../graph/read-graph.ts";
import { openApiOf } from "./library.ts";

export interface ReadDocument {
  readonly document: OpenApiDocument;
  /** Examples that their schemas refuse. */
  readonly findings: readonly Diagnostic[];
}

/**
 * The document of a project's app. Nothing is started.
 *
 * @param options laid over those of the app's `openapi()` plugin
 * @throws Fault with everything that keeps the app from compiling
 */
export async function readDocument(config: Config, options: Partial<DocumentOptions>): Promise<ReadDocument> {
  const { appDocument, checkExamples } = await openApiOf(config);
  const document = await readApp(config, (app) => appDocument(app, options));
  return { document, findings: checkExamples(document) };
}

/** The document that a file holds, or that the app had at a git ref. */
export async function readDocumentOf(name: string, config: Config): Promise<OpenApiDocument> {
  const file = resolve(config.root, name);
  if (existsSync(file) && statSync(file).isFile()) {
    const { parseDocument } = await openApiOf(config);
    const found = await parseDocument(await readFile(file, "utf8"));
    if (found !== undefined) return found;
    throw noDocument(name, "It holds no document of OpenAPI 3.1 or 3.2.");
  }
  if (/\.(?:json|ya?ml)$/.test(name)) throw noDocument(name, "There is no such file.");
  return atRef(name, config.root, async (before) => (await readDocument(before, {})).document);
}

function noDocument(where: string, message: string): Fault {
  return new Fault({ code: "OS_OPENAPI_FILE", message, where, mend: `Write it with openspeed openapi -o ${where}.` });
}
