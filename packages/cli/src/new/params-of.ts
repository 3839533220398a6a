import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { readManifest } from "./manifest.ts";
import type { NewRoute } from "./route.ts";

/** How a project types the params of its routes. */
export function paramsOf({ root }: Config): NewRoute["params"] {
  if (existsSync(join(root, ".openspeed"))) return "generated";
  const { dependencies = {} } = readManifest(root);
  return "zod" in dependencies ? "zod" : "none";
}
