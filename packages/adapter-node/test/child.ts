import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { ServeOptions } from "../src/index.ts";

export interface Child {
  readonly process: ChildProcess;
  /** Its first line: `url port`, or what went wrong. */
  readonly line: string;
  readonly port: number;
  readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** All it has printed. */
  output(): string;
}

/** Starts the fixture server and waits for its first line. A test that fails leaves none behind. */
export function startChild(options: ServeOptions = {}): Promise<Child> {
  const path = fileURLToPath(new URL("fixtures/server.ts", import.meta.url));
  const child = fork(path, [JSON.stringify(options)], {
    execArgv: ["--conditions=@openspeed/source"],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout?.setEncoding("utf8");
    child.stdout?.on("data", (chunk: string) => {
      output += chunk;
      const end = output.indexOf("\n");
      if (end === -1) return;
      const line = output.slice(0, end);
      resolve({ process: child, line, port: Number(line.split(" ")[1]), exit, output: () => output });
    });
  });
}
