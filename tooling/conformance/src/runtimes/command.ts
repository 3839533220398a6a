import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Report } from "../portable/runner.ts";
import { consoleMain, reportIn, type Runtime } from "./report.ts";

const LIMIT_MS = 120_000;

/** Runs the suite as a script of a program. */
function command(name: string, program: string | undefined, args: readonly string[]): Runtime {
  return {
    name,
    missing: () => (program === undefined ? `${name} has no binary here. Run: npx pnpm rebuild ${name}` : undefined),
    run: async (suite) => {
      const folder = await mkdtemp(join(tmpdir(), `conformance-${name}-`));
      try {
        await writeFile(join(folder, "suite.mjs"), suite);
        await writeFile(join(folder, "main.mjs"), consoleMain);
        return await start(program ?? name, [...args, join(folder, "main.mjs")]);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

function start(program: string, args: readonly string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024, killSignal: "SIGKILL" },
      (_error, stdout, stderr) => {
        try {
          resolve(reportIn(stdout, stderr));
        } catch (error) {
          reject(error);
        }
      },
    );
  });
}

const require = createRequire(import.meta.url);

/** A package's binary itself: a wrapper would leave it behind when it is stopped. */
function binaryOf(name: string, ...places: readonly string[]): string | undefined {
  const folder = dirname(require.resolve(`${name}/package.json`));
  return places.map((place) => join(folder, place)).find((file) => existsSync(file));
}

export const bun: Runtime = command("bun", binaryOf("bun", "bin/bun.exe", "bin/bun"), ["run"]);
export const deno: Runtime = command("deno", binaryOf("deno", "deno", "deno.exe"), [
  "run",
  "--no-prompt",
  "--no-config",
  "--allow-env",
  "--allow-net=127.0.0.1",
]);
