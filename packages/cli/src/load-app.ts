import { existsSync } from "node:fs";
import { join } from "node:path";
import type { App, Diagnostic } from "@openspeed/core";
import type { Project } from "@openspeed/router-fs/generate";
import type { Config } from "./config.ts";
import { brokenSettings, codedError, missingRenderer, missingRoutes } from "./explained.ts";
import { diagnosticsOf, Fault } from "./fault.ts";
import { openGenerated, routesFile, routesText } from "./generated.ts";
import { thrownAt, tidied } from "./thrown-at.ts";
import { namedItems } from "./unusable-items.ts";
import { generatedModule } from "./vite/generated-module.ts";
import { openRunner, type Runner } from "./vite/project.ts";

/** An app that was imported and not started: nothing of it runs, no value is created. */
export interface LoadedApp {
  readonly app: App;
  readonly modules: Runner;
  /** What looking at the app threw, as a fault that names the files that are to blame. */
  faultOf(error: unknown): Promise<Fault>;
  close(): Promise<void>;
}

/**
 * Imports the app that a project's app module exports as `app` or by default, with the routes that its folder has now.
 *
 * @param generated the project's routes; by default they are read, and refused if a file has a fault
 * @throws Fault that names file, line and mend: no such module, no app in it, what it threw, everything wrong with its routes
 */
export async function loadApp(config: Config, generated?: Project): Promise<LoadedApp> {
  const { root, app: file } = config;
  if (!existsSync(join(root, file))) {
    throw new Fault({
      code: "OS_APP_MISSING",
      message: `There is no app: ${file} does not exist in ${root}.`,
      where: file,
      mend: 'Create it with export const app = createApp({ … }), or name another: app: "…" in openspeed.config.ts.',
    });
  }
  const project = generated ?? (await soundRoutes(config));
  const plugins = project === undefined ? [] : [generatedModule(routesFile(root), () => routesText(project))];
  const modules = await openRunner(config, { mode: "production", plugins });
  const faultOf = async (error: unknown): Promise<Fault> =>
    error instanceof Fault
      ? error
      : new Fault(...(await namedItems(whyNot(error, config), project?.scan, (each) => modules.import(each), root)));
  try {
    const exports = await silently(() => modules.import(file));
    return { app: appIn(exports, file), modules, faultOf, close: () => modules.close() };
  } catch (error) {
    // Read first: once the modules are closed, nobody maps the stack back to their sources.
    const fault = await faultOf(error);
    await modules.close();
    throw fault;
  }
}

/** What a broken file says of its routes is not known, so nothing is said of any. */
async function soundRoutes(config: Config): Promise<Project | undefined> {
  const project = await openGenerated(config);
  if (project !== undefined && project.scan.faults.length > 0) throw new Fault(...project.scan.faults);
  return project;
}

/**
 * The app among a module's exports.
 *
 * @throws Fault if there is none
 */
export function appIn(exports: Readonly<Record<string, unknown>>, file: string): App {
  const app = exports["app"] ?? exports["default"];
  if (!isApp(app)) throw new Fault(noApp(file, exports));
  return app;
}

/** What an app says while it is imported is not what the command was asked for: it goes to stderr. */
async function silently<T>(work: () => Promise<T>): Promise<T> {
  const { stdout, stderr } = process;
  const write = stdout.write;
  stdout.write = stderr.write.bind(stderr);
  try {
    return await work();
  } finally {
    stdout.write = write;
  }
}

/** By what it can do: the project may have a core of its own. */
function isApp(value: unknown): value is App {
  return (
    typeof value === "object" &&
    value !== null &&
    "compile" in value &&
    typeof value.compile === "function" &&
    "handle" in value &&
    typeof value.handle === "function"
  );
}

function noApp(file: string, exports: Readonly<Record<string, unknown>>): Diagnostic {
  const names = Object.keys(exports);
  const named = names.find((name) => name === "app" || name === "default");
  return {
    code: "OS_APP_EXPORT",
    message:
      named === undefined
        ? `It exports no app${names.length === 0 ? "" : `, only ${names.join(", ")}`}.`
        : `What it exports as ${named} is no app.`,
    where: file,
    mend: "Write export const app = createApp({ … }).",
  };
}

/** Why an app cannot be imported or compiled, as diagnostics. */
export function whyNot(error: unknown, { root, app, routes }: Config): readonly Diagnostic[] {
  const found = diagnosticsOf(error);
  if (found !== undefined) {
    return found.map((each) => ({
      ...each,
      where: tidied(each.where, root),
      message: tidied(each.message, root),
    }));
  }
  const { message, where } = thrownAt(error, root, app);
  const text = error instanceof Error ? error.message : "";
  const asksForRoute = where.startsWith(".openspeed/") || text.includes(`/${routes}/`);
  if (asksForRoute && !existsSync(join(root, routes))) return [missingRoutes(routes)];
  const known = codedError(error, root, where) ?? brokenSettings(text, root) ?? missingRenderer(text, root);
  if (known !== undefined) return [known];
  const generated = /(?:^|[\\/])\.openspeed[\\/]/.test(message) || where.startsWith(".openspeed/");
  return [
    {
      code: "OS_APP_UNREADABLE",
      message: `The app cannot be loaded: ${message}`,
      where,
      mend: generated ? "Run openspeed check --fix, which writes what is generated." : "Mend the line that is named.",
    },
  ];
}
