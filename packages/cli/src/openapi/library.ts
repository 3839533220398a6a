import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as OpenApi from "@openspeed/openapi";
import type { Config } from "../config.ts";
import { Fault } from "../fault.ts";

/**
 * The project's own `@openspeed/openapi`: a document is written by the version that the app serves it with.
 *
 * @throws Fault where it is not installed
 */
export async function openApiOf({ root }: Config): Promise<typeof OpenApi> {
  let file: string;
  try {
    file = createRequire(join(root, "package.json")).resolve("@openspeed/openapi");
  } catch {
    throw new Fault({
      code: "OS_OPENAPI_MISSING",
      message: "This project does not have @openspeed/openapi, which writes its document.",
      where: "package.json",
      mend: "Run npm install @openspeed/openapi.",
    });
  }
  return (await import(pathToFileURL(file).href)) as typeof OpenApi;
}
