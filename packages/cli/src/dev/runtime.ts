import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT } from "../exit.ts";
import { Fault } from "../fault.ts";
import { ownConditions, type Runtime } from "../vite/conditions.ts";

interface Address {
  readonly port: number;
  readonly host: string;
  readonly open: boolean;
}

/** Runs the same command on another runtime, as long as this process lives. Resolves with its exit code. */
export function runElsewhere(runtime: Runtime, root: string, { port, host, open }: Address): Promise<number> {
  const program = findRuntime(runtime, root);
  const entry = fileURLToPath(new URL("../../bin/openspeed.js", import.meta.url));
  const conditions = ownConditions().map((name) => `--conditions=${name}`);
  const flags =
    runtime === "deno" ? ["run", "-A", "--node-modules-dir=manual", "--v8-flags=--no-compilation-cache"] : [];
  const command = ["dev", "--runtime", runtime, "--port", `${port}`, "--host", host, ...(open ? ["--open"] : [])];
  const child = spawn(program, [...flags, ...conditions, entry, "--cwd", root, ...command], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      OPENSPEED_DEV_PARENT: `${process.pid}`,
      // Deno does not tell a program its own flags.
      NODE_OPTIONS: conditions.join(" "),
    },
  });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) =>
      resolve(signal === null ? (code ?? EXIT.failed) : 128 + constants.signals[signal]),
    );
  });
}

/** The binary itself: a wrapper script would leave it behind when it is killed. */
function findRuntime(runtime: Runtime, root: string): string {
  const windows = process.platform === "win32";
  const packaged = { bun: ["bun", "bin/bun.exe"], deno: ["deno", windows ? "deno.exe" : "deno"], node: undefined }[
    runtime
  ];
  const own =
    packaged && inPackage([root, dirname(fileURLToPath(import.meta.url))], packaged[0] ?? "", packaged[1] ?? "");
  if (own !== undefined) return own;
  const name = windows ? `${runtime}.exe` : runtime;
  const found = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join("node_modules", ".bin")))
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Fault({
    code: "OS_RUNTIME_MISSING",
    message: `There is no ${runtime} here.`,
    where: "PATH",
    mend:
      runtime === "node"
        ? "Install Node 22.18 or newer."
        : `Install it, for instance: npm install --save-dev ${runtime}`,
  });
}

/** The project's own, or one that is installed beside this command. */
function inPackage(folders: readonly string[], name: string, file: string): string | undefined {
  for (const folder of folders) {
    try {
      const found = join(dirname(createRequire(join(folder, "package.json")).resolve(`${name}/package.json`)), file);
      if (existsSync(found)) return found;
    } catch {
      // not here
    }
  }
  return undefined;
}
