import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A command with all that it started, and what it printed so far. */
export interface Running extends AsyncDisposable {
  readonly output: () => string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number>;
  /** Resolves as soon as what it has printed passes. */
  readonly printed: (passes: (output: string) => boolean) => Promise<void>;
}

export function start(command: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Running {
  // A group of its own, so that what the shell starts is stopped with it.
  const child = spawn("sh", ["-c", command], { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const seen = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      for (const look of seen) look();
    });
  }
  const ended = once(child, "close").then(() => child.exitCode ?? 1);
  return {
    output: () => output,
    ended,
    printed: (passes) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!passes(output)) return;
          seen.delete(look);
          resolve();
        };
        seen.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      kill(child, "SIGTERM");
      const hard = setTimeout(() => kill(child, "SIGKILL"), 5000);
      await ended;
      clearTimeout(hard);
    },
  };
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // All of the group has ended already.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
