import type { Config } from "../config.ts";
import { isGenerated } from "../generated.ts";
import { readManifest } from "../manifest.ts";
import type { NewRoute } from "./route.ts";

/** How a project types the params of its routes. */
export function paramsOf(config: Config): NewRoute["params"] {
  if (isGenerated(config)) return "generated";
  const { dependencies = {} } = readManifest(config.root);
  return "zod" in dependencies ? "zod" : "none";
}
