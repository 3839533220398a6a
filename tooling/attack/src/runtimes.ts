/** The runtimes that npm can install, each with its own way to find sources. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Runtime {
  readonly name: string;
  readonly program: string | undefined;
  readonly args: readonly string[];
}

export interface Running {
  /** Where its control port is. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const require = createRequire(import.meta.url);
const ENTRY = fileURLToPath(new URL("./serve-subjects.ts", import.meta.url));
const CONDITION = "@openspeed/source";

/** A package's binary itself: a wrapper would leave it behind when it is stopped. */
function binaryOf(name: string, ...places: readonly string[]): string | undefined {
  const folder = dirname(require.resolve(`${name}/package.json`));
  return places.map((place) => join(folder, place)).find((file) => existsSync(file));
}

const bun = binaryOf("bun", "bin/bun.exe", "bin/bun");
const deno = binaryOf("deno", "deno", "deno.exe");
const onBun = [`--conditions=${CONDITION}`, ENTRY];
const onDeno = ["run", "--no-prompt", "--allow-all", "--unstable-sloppy-imports", `--conditions=${CONDITION}`, ENTRY];

export const runtimes: readonly Runtime[] = [
  { name: "node", program: process.execPath, args: [`--conditions=${CONDITION}`, ENTRY] },
  { name: "bun", program: bun, args: onBun },
  { name: "bun-serve", program: bun, args: [...onBun, "--platform", "fetch"] },
  { name: "deno", program: deno, args: onDeno },
  { name: "deno-serve", program: deno, args: [...onDeno, "--platform", "fetch"] },
];

/** Starts the subjects there; rejects with what the process said if it ends before it serves. */
export function startSubjects({ name, program, args }: Runtime): Promise<Running> {
  if (program === undefined)
    return Promise.reject(new Error(`${name} has no binary here. Run: npx pnpm rebuild ${name}`));
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = (): Promise<void> => {
    child.kill("SIGKILL");
    return gone;
  };
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-20_000);
      const url = /control (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve({ url, stop });
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    void gone.then(() => reject(new Error(`${name} ended before it served:\n${said}`)));
  });
}
