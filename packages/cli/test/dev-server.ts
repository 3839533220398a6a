/** `openspeed dev` and `openspeed start` as real processes. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin/openspeed.js", import.meta.url));

/** Long for a machine that does much else; a test that waits so long has failed. */
const PATIENCE_MS = 12_000;

export interface Running extends AsyncDisposable {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it has written. */
  readonly said: () => string;
  /** Settles when it writes this, from now on. Ask before doing what makes it write. */
  says(words: RegExp): Promise<string>;
  text(path: string, init?: RequestInit): Promise<string>;
  json(path: string): Promise<unknown>;
  /** Gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Runs a command that serves, and waits until it says where. */
export async function running(
  root: string,
  args: readonly string[],
  own: Readonly<Record<string, string>> = { PORT: "0" },
): Promise<Running> {
  const { NODE_ENV: _mode, VITEST: _vitest, FORCE_COLOR: _force, ...env } = process.env;
  const child = spawn(process.execPath, ["--conditions=@openspeed/source", bin, ...args], {
    cwd: root,
    env: { ...env, NO_COLOR: "1", ...own },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const listeners = new Set<() => void>();
  let said = "";
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);

  function says(words: RegExp, from = said.length): Promise<string> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`It has not said ${words}:\n${said}`)), PATIENCE_MS);
      const look = (): void => {
        const match = words.exec(said.slice(from));
        if (match === null) return;
        clearTimeout(late);
        listeners.delete(look);
        resolve(match[1] ?? match[0]);
      };
      listeners.add(look);
      void exit.then((code) => reject(new Error(`It ended with ${code} before it said ${words}:\n${said}`)));
      look();
    });
  }

  async function stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exit;
  }

  const url = await says(/^(?:ready|waiting) (\S+)/m, 0);
  return {
    url,
    process: child,
    said: () => said,
    says: (words) => says(words),
    text: async (path, init) => (await fetch(url + path, init)).text(),
    json: async (path) => (await fetch(url + path)).json(),
    stop,
    [Symbol.asyncDispose]: async () => void (await stop("SIGKILL")),
  };
}
