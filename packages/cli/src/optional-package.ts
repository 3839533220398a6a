import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "@openspeed/core";
import { Fault } from "./fault.ts";

/**
 * A package that only some projects have, as the project has it: what it makes is made by the version that the app uses.
 *
 * @param missing what is said where it is not installed
 * @throws Fault where it is not installed
 */
export async function importOptional(root: string, name: string, missing: Diagnostic): Promise<unknown> {
  let file: string;
  try {
    file = createRequire(join(root, "package.json")).resolve(name);
  } catch {
    throw new Fault(missing);
  }
  return import(pathToFileURL(file).href);
}
