import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "@openspeed/core";
import { openProject, type Project } from "@openspeed/router-fs/generate";
import type { Plugin } from "vite";
import type { Config } from "../config.ts";
import { missingRoutes } from "../explained.ts";
import { isGenerated, once, routesFile, routesText, writeSound } from "../generated.ts";
import { generatedModule } from "../vite/generated-module.ts";

/** What is looked after of that which is generated: it goes with a clean-up, or is edited by hand. */
export function isKept(path: string): boolean {
  return /^\.openspeed(?:\/(?:routes\.ts|api\.d\.ts|types))?$/.test(path);
}

/** What is generated from the folder of routes, kept true while files change. */
export interface GeneratedRoutes {
  /** The file that is served from memory: with `x.dev.ts`, while what is checked in has `x.prod.ts`. */
  readonly file: string;
  readonly faults: readonly Diagnostic[];
  readonly scan: Project["scan"] | undefined;
  readonly plugin: Plugin;
  /** Reads changed files again, and writes what is checked in if no file has a fault. Tells whether the routes are others now. */
  update(changed: readonly string[]): Promise<boolean>;
  /** Writes again what somebody else removed or changed of what is checked in. */
  restore(): Promise<void>;
}

/** @throws CompileError if the folder cannot be read */
export async function openRoutes(config: Config): Promise<GeneratedRoutes> {
  const { root, routes, matchers } = config;
  const file = routesFile(root);
  let projects = await open();
  let had = projects !== undefined;

  async function open(): Promise<{ readonly kept: Project; readonly live: Project } | undefined> {
    if (!isGenerated(config) || !existsSync(join(root, routes))) return undefined;
    const kept = await openProject({ root, routes, matchers });
    const live = await openProject({ root, routes, matchers, environment: "development" });
    await writeSound(kept);
    return { kept, live };
  }

  return {
    file,
    get scan() {
      return projects?.live.scan;
    },
    get faults() {
      if (had && projects === undefined && isGenerated(config)) return [missingRoutes(routes)];
      return once([...(projects?.live.scan.faults ?? []), ...(projects?.kept.scan.faults ?? [])]);
    },
    plugin: generatedModule(file, () => projects && routesText(projects.live)),
    async update(changed) {
      if (projects === undefined || !existsSync(join(root, routes))) {
        const before = projects;
        projects = await open();
        had ||= projects !== undefined;
        return projects !== before;
      }
      const { kept, live } = projects;
      const { routesChanged } = live.update(changed);
      kept.update(changed);
      await writeSound(kept);
      return routesChanged;
    },
    async restore() {
      if (projects === undefined) return;
      projects.kept.update([".openspeed/routes.ts"]);
      await writeSound(projects.kept);
    },
  };
}
