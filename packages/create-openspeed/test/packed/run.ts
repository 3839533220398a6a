/** Commands as a person would type them: with this Node, and nothing of the test runner's environment. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { delimiter } from "node:path";
import { createInterface } from "node:readline";

export const workspace: string = join(import.meta.dirname, "../../../..");

export interface Said {
  readonly code: number | null;
  /** Both streams, in the order in which they came. */
  readonly said: string;
  readonly out: string;
}

type Env = Readonly<Record<string, string>>;

export interface Begun {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Said>;
}

export function begin(command: string, args: readonly string[], cwd: string, env: Env = {}): Begun {
  const child = spawn(command, args, { cwd, env: cleanEnv(env), stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (said += text));
  return {
    kill: (signal) => void child.kill(signal),
    ended: once(child, "close").then(([code]) => ({ code, said, out })),
  };
}

export function run(command: string, args: readonly string[], cwd: string, env?: Env): Promise<Said> {
  return begin(command, args, cwd, env).ended;
}

/** The same, where anything but success is told with everything that was said. */
export async function succeed(command: string, args: readonly string[], cwd: string, env?: Env): Promise<Said> {
  const ended = await run(command, args, cwd, env);
  if (ended.code !== 0) throw new Error(`${command} ${args.join(" ")} in ${cwd} gave ${ended.code}:\n${ended.said}`);
  return ended;
}

export interface Started extends AsyncDisposable {
  readonly url: string;
}

/** A server that says where it is; it is gone when it is disposed of, with whatever started it. */
export async function start(command: string, args: readonly string[], cwd: string, env: Env): Promise<Started> {
  // A group of its own: npm and its shell stand between, and do not all hand signals on.
  const child = spawn(command, args, { cwd, env: cleanEnv(env), stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  const closed = once(child, "close");
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (said += text));
  let url: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    said += `${line}\n`;
    [url] = /http:\/\/[^\s/]+/.exec(line) ?? [];
    if (url !== undefined) break;
  }
  if (url === undefined) throw new Error(`${command} ${args.join(" ")} in ${cwd} did not start:\n${said}`);
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.stdout.resume();
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await closed;
    },
  };
}

function cleanEnv(env: Env): NodeJS.ProcessEnv {
  const own = /^(?:npm_.*|NODE_(?:ENV|OPTIONS|PATH|V8_COVERAGE|COMPILE_CACHE)|VITEST.*|TEST|CI|FORCE_COLOR)$/i;
  const kept = Object.entries(process.env).filter(([key]) => !own.test(key));
  const path = [dirname(process.execPath), join(workspace, "node_modules/.bin"), process.env["PATH"] ?? ""].join(
    delimiter,
  );
  return { ...Object.fromEntries(kept), PATH: path, NO_COLOR: "1", ...env };
}
