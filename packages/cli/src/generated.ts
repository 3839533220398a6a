import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openProject, type Project } from "@openspeed/router-fs/generate";
import type { Config } from "./config.ts";

const OUT = ".openspeed";

/** Whether an app has its routes generated, and does not list them by hand or have its folder read when it starts. */
export function isGenerated({ root, app }: Config): boolean {
  const file = join(root, app);
  return existsSync(join(root, OUT)) || (existsSync(file) && readFileSync(file, "utf8").includes(`${OUT}/`));
}

/** The project's routes as files, with what is generated from them; `undefined` if nothing is. */
export async function openGenerated(config: Config): Promise<Project | undefined> {
  const { root, routes, matchers } = config;
  if (!isGenerated(config) || !existsSync(join(root, routes))) return undefined;
  const project = await openProject({ root, routes, matchers, out: OUT });
  // The router names files from its folder; people look from the project's.
  const fromRoot = (files: readonly string[]): readonly string[] => files.map((file) => `${OUT}/${file}`);
  return {
    get scan() {
      return project.scan;
    },
    update: (changed) => project.update(changed),
    outputs: () => project.outputs(),
    write: async () => fromRoot(await project.write()),
    stale: async () => fromRoot(await project.stale()),
  };
}
