import type { Diagnostic } from "@openspeed/core";
import type { Config } from "../config.ts";
import { missingRoutes } from "../explained.ts";
import { Fault } from "../fault.ts";
import { isGenerated, once, openGenerated } from "../generated.ts";
import { locatedRoutes } from "../graph/located-routes.ts";
import { loadApp, type LoadedApp, whyNot } from "../load-app.ts";
import { count } from "../print/table.ts";
import { isUnpoliced } from "../print/routes.ts";
import { type InheritedRoute, inheritedRoutes, unpoliced } from "./inherited.ts";

export interface CheckReport {
  /** How many routes there are; `undefined` if the app does not compile. */
  readonly routes: number | undefined;
  readonly findings: readonly Diagnostic[];
  /** Files that `fix` wrote. */
  readonly written: readonly string[];
  readonly inherited: readonly InheritedRoute[];
}

export interface CheckOptions {
  /** Writes what is generated and stale. */
  readonly fix: boolean;
  readonly inherited: boolean;
}

/** Everything that can be found out about an app without starting it. */
export async function checkProject(config: Config, { fix, inherited: wanted }: CheckOptions): Promise<CheckReport> {
  const project = await openGenerated(config);
  const written = fix ? ((await project?.write()) ?? []) : [];
  const findings: Diagnostic[] = [...(project?.scan.faults ?? [])];
  // What should be generated is known when the faults are mended.
  if (findings.length === 0) findings.push(...staleness((await project?.stale()) ?? []));
  if (project === undefined && isGenerated(config)) findings.push(missingRoutes(config.routes));

  let routes: number | undefined;
  let inherited: readonly InheritedRoute[] = [];
  let loaded: LoadedApp | undefined;
  try {
    loaded = await loadApp(config, project);
    const { app } = loaded;
    const found = await locatedRoutes(app, config.root).catch(async (error: unknown) => {
      await app.compile(); // finds the same, and what strict mode finds
      throw error;
    });
    routes = found.length;
    findings.push(...found.filter(isUnpoliced).map(unpoliced));
    for (const plugin of loaded.app.plugins) findings.push(...((await plugin.check?.(loaded.app)) ?? []));
    if (wanted && project !== undefined) inherited = await inheritedRoutes(project.scan, loaded.modules);
  } catch (error) {
    const fault = error instanceof Fault ? error : await loaded?.faultOf(error);
    findings.push(...(fault?.diagnostics ?? whyNot(error, config)));
  } finally {
    await loaded?.close();
  }
  return { routes, findings: once(findings), written, inherited };
}

/** One finding, however many files: one command mends them all. */
function staleness(files: readonly string[]): readonly Diagnostic[] {
  const [first, ...others] = files;
  if (first === undefined) return [];
  const and = others.length === 0 ? "It is" : `It and ${count(others.length, "other file")} are`;
  return [
    {
      code: "OS_STALE",
      message: `${and} generated, and not from the routes as they are now.`,
      where: first,
      mend: "Run openspeed check --fix (openspeed dev keeps them fresh), and commit what it writes.",
    },
  ];
}
