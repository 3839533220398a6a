import { realpathSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { Diagnostic } from "@openspeed/core";
import { build, type InlineConfig, mergeConfig } from "vite";
import type { Config } from "../config.ts";
import { EXIT } from "../exit.ts";
import { Fault } from "../fault.ts";
import { openGenerated } from "../generated.ts";
import { loadApp, whyNot } from "../load-app.ts";
import { printDiagnostics } from "../print/diagnostics.ts";
import { processTerminal, type Terminal } from "../print/terminal.ts";
import { ISLAND, ISLANDS_ENTRY } from "../vite/islands.ts";
import { projectFiles } from "../vite/project-files.ts";
import { viteSettings } from "../vite/settings.ts";
import { gatherFiles, HASHED_FOLDER, takeEntry } from "./assets.ts";
import { DIST } from "./dist.ts";
import { SERVER_ENTRY, serverEntry } from "./server-entry.ts";

export interface BuildOptions {
  readonly terminal?: Terminal;
}

/**
 * Builds an app for Node: `dist/server/index.js`, and below `dist/client` what is served as files. Packages that the project declares stay outside.
 * Gives the exit code: 1 if the app does not compile.
 */
export async function runBuild(given: Config, { terminal = processTerminal() }: BuildOptions = {}): Promise<number> {
  const began = performance.now();
  const config = { ...given, root: realpathSync(given.root) };
  const { root } = config;
  try {
    await check(config);
    const dist = join(root, DIST);
    rmSync(dist, { recursive: true, force: true });
    const client = await buildClient(config, dist);
    await buildServer(config, dist, client);
    const files = await gatherFiles(root, dist);
    report(terminal, dist, files.length, performance.now() - began);
    return EXIT.fine;
  } catch (error) {
    const diagnostics = error instanceof Fault ? error.diagnostics : whyNot(error, config);
    terminal.err(printDiagnostics(diagnostics, root, terminal.errStyle));
    return EXIT.found;
  }
}

/** What is generated is written, and nothing is built of an app that would not start. */
async function check(config: Config): Promise<void> {
  const project = await openGenerated(config);
  if (project !== undefined && project.scan.faults.length > 0) throw new Fault(...project.scan.faults);
  await project?.write();
  const loaded = await loadApp(config, project);
  try {
    await loaded.app.compile();
  } catch (error) {
    throw await loaded.faultOf(error);
  } finally {
    await loaded.close();
  }
}

/** Gives the address of the islands' entry, if there are islands. */
async function buildClient(config: Config, dist: string): Promise<string | undefined> {
  if (projectFiles(config.root, (name) => ISLAND.test(name)).length === 0) return undefined;
  const outDir = join(dist, "client");
  await viteBuild(config, {
    build: { outDir, assetsDir: HASHED_FOLDER, manifest: "manifest.json", rolldownOptions: { input: ISLANDS_ENTRY } },
  });
  return takeEntry(outDir);
}

async function buildServer(config: Config, dist: string, client: string | undefined): Promise<void> {
  const missing: Diagnostic[] = [];
  await viteBuild(config, {
    plugins: [serverEntry({ config, client, onMissing: (diagnostic) => missing.push(diagnostic) })],
    // Which packages stay outside is the plugin's to say.
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: join(dist, "server"),
      assetsDir: HASHED_FOLDER,
      ssrEmitAssets: true,
      sourcemap: true,
      minify: false,
      target: "es2024",
      rolldownOptions: {
        input: { index: SERVER_ENTRY },
        output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  });
  if (missing.length > 0) throw new Fault(...missing);
}

async function viteBuild(config: Config, own: InlineConfig): Promise<void> {
  const settings = viteSettings(config, "production", own);
  await build(mergeConfig(settings, { build: { emptyOutDir: true, reportCompressedSize: false } }));
}

function report({ out, style }: Terminal, dist: string, files: number, ms: number): void {
  const entry = join(dist, "server/index.js");
  const size = Math.max(1, Math.round(statSync(entry).size / 1024));
  out(
    `${style.green("built")} ${relative(process.cwd(), entry)} ${style.dim(`${size} KiB, ${files} ${files === 1 ? "file" : "files"} beside it, ${Math.round(ms)} ms`)}`,
  );
  out(`Run it with ${style.cyan("openspeed start")}, or with node ${relative(process.cwd(), entry)}`);
}
