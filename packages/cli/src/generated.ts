import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "@openspeed/core";
import { openProject, type Project } from "@openspeed/router-fs/generate";
import { normalizePath } from "vite";
import type { Config } from "./config.ts";

const OUT = ".openspeed";

/** Whether an app has its routes generated, and does not list them by hand or have its folder read when it starts. */
export function isGenerated({ root, app }: Config): boolean {
  const file = join(root, app);
  return existsSync(join(root, OUT)) || (existsSync(file) && readFileSync(file, "utf8").includes(`${OUT}/`));
}

/** The module of the generated routes, as Vite writes files. */
export function routesFile(root: string): string {
  return normalizePath(join(root, OUT, "routes.ts"));
}

/** What an app imports as its routes: what the folder has now. */
export function routesText(project: Project): string | undefined {
  return project.outputs().get("routes.ts");
}

/** Writes what differs, unless files have faults: their routes must not get lost from what is checked in. */
export async function writeSound(project: Project): Promise<readonly string[]> {
  return project.scan.faults.length > 0 ? [] : project.write();
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
    write: async () => fromRoot(await writeSound(project)),
    stale: async () => fromRoot(await project.stale()),
  };
}

/** Each once, however many found it. */
export function once(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(findings.map((each) => [`${each.code} ${each.where} ${each.message}`, each])).values()];
}
