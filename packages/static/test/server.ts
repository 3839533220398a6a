/** A server of files in a process of its own, on any runtime: one module, so that all of them start it alike. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

export interface Server {
  readonly pid: number;
  /** `adapter`: adapter-node on this runtime; `own`: the runtime's own server with `app.fetch`, where it has one. */
  readonly ports: { readonly adapter: number; readonly own?: number };
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
function binaryOf(name: string, ...places: readonly string[]): string | undefined {
  const folder = dirname(require.resolve(`${name}/package.json`));
  return places.map((place) => join(folder, place)).find((file) => existsSync(file));
}

const programs = {
  node: { program: process.execPath, args: [] },
  bun: { program: binaryOf("bun", "bin/bun.exe", "bin/bun"), args: ["run"] },
  deno: {
    program: binaryOf("deno", "deno", "deno.exe"),
    args: ["run", "--no-prompt", "--no-config", "--allow-net", "--allow-read", "--allow-env"],
  },
} satisfies Readonly<Record<string, { program: string | undefined; args: string[] }>>;

export type RuntimeName = keyof typeof programs;
export const runtimes = ["node", "bun", "deno"] as const satisfies readonly RuntimeName[];

/** Why a runtime cannot be started here. */
export function missing(name: RuntimeName): string | undefined {
  return programs[name].program === undefined ? `${name} has no binary here. Run: npx pnpm rebuild ${name}` : undefined;
}

/** Bundles `fixtures/server.ts` into a folder; gives its file. */
export async function bundleServer(folder: string): Promise<string> {
  const file = join(folder, "server.mjs");
  const bundle = await rolldown({
    input: fileURLToPath(new URL("fixtures/server.ts", import.meta.url)),
    platform: "node",
    resolve: { conditionNames: ["@openspeed/source", "import", "default"] },
    logLevel: "silent",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  return file;
}

/** @param root the folder that is served */
export async function startServer(name: RuntimeName, file: string, root: string): Promise<Server> {
  const { program = name, args } = programs[name];
  const child: ChildProcess = spawn(program, [...args, file, root], { stdio: ["ignore", "pipe", "inherit"] });
  const over = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const output = child.stdout;
  if (output === null || child.pid === undefined) throw new Error(`${name} did not start`);
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(output).once("line", resolve);
    void over.then(() => reject(new Error(`${name} ended before it listened`)));
  });
  return {
    pid: child.pid,
    ports: JSON.parse(line) as Server["ports"],
    stop: () => {
      child.kill("SIGKILL");
      return over;
    },
  };
}
