import type * as OpenApi from "@openspeed/openapi";
import type { Config } from "../config.ts";
import { importOptional } from "../optional-package.ts";

/**
 * The project's own `@openspeed/openapi`: a document is written by the version that the app serves it with.
 *
 * @throws Fault where it is not installed
 */
export async function openApiOf({ root }: Config): Promise<typeof OpenApi> {
  return (await importOptional(root, "@openspeed/openapi", {
    code: "OS_OPENAPI_MISSING",
    message: "This project does not have @openspeed/openapi, which writes its document.",
    where: "package.json",
    mend: "Run npm install @openspeed/openapi.",
  })) as typeof OpenApi;
}
