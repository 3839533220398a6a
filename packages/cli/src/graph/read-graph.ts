import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type App, type Graph, graph, type GraphRoute } from "@openspeed/core";
import { type Config, loadConfig } from "../config.ts";
import { Fault } from "../fault.ts";
import { loadApp } from "../load-app.ts";
import { locatedRoutes } from "./located-routes.ts";
import { readRef } from "./read-ref.ts";

/**
 * The graph of a project's app. Nothing is started.
 *
 * @throws Fault with everything that keeps it from compiling
 */
export async function readGraph(config: Config): Promise<Graph> {
  return readApp(config, graph);
}

/**
 * The routes of a project's graph, with the lines of those that code mounts.
 *
 * @throws Fault with everything that keeps the app from compiling
 */
export async function readRoutes(config: Config): Promise<readonly GraphRoute[]> {
  return readApp(config, (app) => locatedRoutes(app, config.root));
}

/** Loads the app, looks at it, and lets it go. */
export async function readApp<T>(config: Config, look: (app: App) => Promise<T>): Promise<T> {
  const { app, faultOf, close } = await loadApp(config);
  try {
    return await look(app);
  } catch (error) {
    throw await faultOf(error);
  } finally {
    await close();
  }
}

/** The graph that a file holds, or that the app had at a git ref. */
export async function readGraphOf(name: string, { root }: Config): Promise<Graph> {
  const file = resolve(root, name);
  if (existsSync(file) && statSync(file).isFile()) return readGraphFile(file, name);
  if (name.endsWith(".json")) {
    throw new Fault({
      code: "OS_GRAPH_FILE",
      message: "There is no such file.",
      where: name,
      mend: `Write it with openspeed graph -o ${name}.`,
    });
  }
  return atRef(name, root, readGraph);
}

/** What a look at the project shows as it was at a git ref. */
export async function atRef<T>(ref: string, root: string, look: (config: Config) => Promise<T>): Promise<T> {
  const tree = await readRef(ref, root);
  try {
    return await look(await loadConfig(tree.root));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // As git names a file at a ref; the folder that it was read from is gone.
    throw new Fault(
      ...error.diagnostics.map((each) => ({ ...each, where: `${ref}:${each.where.replace(`${tree.root}/`, "")}` })),
    );
  } finally {
    await tree.remove();
  }
}

async function readGraphFile(file: string, name: string): Promise<Graph> {
  const found: unknown = await readFile(file, "utf8")
    .then(JSON.parse)
    .catch(() => undefined);
  if (isGraph(found)) return found;
  throw new Fault({
    code: "OS_GRAPH_FILE",
    message: "It holds no graph that this version reads.",
    where: name,
    mend: `Write it anew with openspeed graph -o ${name}.`,
  });
}

function isGraph(value: unknown): value is Graph {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    value.version === 1 &&
    "routes" in value &&
    Array.isArray(value.routes) &&
    "providers" in value &&
    Array.isArray(value.providers) &&
    "middleware" in value &&
    Array.isArray(value.middleware)
  );
}
