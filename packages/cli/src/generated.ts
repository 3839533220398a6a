import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openProject, type Project } from "@openspeed/router-fs/generate";
import type { Config } from "./config.ts";

/**
 * The project's routes as files, with what is generated from them; `undefined` for an app that lists its routes by hand,
 * or has `routesFrom()` read its folder when it starts.
 */
export async function openGenerated({ root, app, routes, matchers }: Config): Promise<Project | undefined> {
  const file = join(root, app);
  const asks = existsSync(file) && readFileSync(file, "utf8").includes(".openspeed/");
  const isGenerated = asks || existsSync(join(root, ".openspeed"));
  if (!isGenerated || !existsSync(join(root, routes))) return undefined;
  return openProject({ root, routes, matchers });
}
