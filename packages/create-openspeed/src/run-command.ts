import { spawn } from "node:child_process";

export interface Ended {
  /** `undefined` if it could not be started, or a signal ended it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** What it wrote, to both streams. */
  readonly output: string;
}

/** Runs a command in a folder and keeps what it says. It never throws: that it is not installed is an answer, too. */
export function runCommand(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    // A shell only on Windows, where package managers are .cmd files; nothing in `args` comes from outside.
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    let output = "";
    const keep = (text: string): void => void (output += text);
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("error", ({ message }) => resolve({ code: undefined, signal: undefined, output: message }));
    child.on("close", (code, signal) => resolve({ code: code ?? undefined, signal: signal ?? undefined, output }));
    // A terminal sends Ctrl+C to the command as well; who sends it to this process alone means both.
    const stop = (): void => void child.kill("SIGINT");
    process.once("SIGINT", stop).once("SIGTERM", stop);
    child.once("close", () => process.off("SIGINT", stop).off("SIGTERM", stop));
  });
}
