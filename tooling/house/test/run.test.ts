import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [join(root, "tooling/run.mjs"), ...args], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
  const child = start(args, env);
  const [out, err] = await Promise.all([output(child.stdout), output(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, err };
}

async function output(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? "" : text(stream);
}

const print = (expression: string): string[] => ["exec", "node", "-p", expression];

test("commands run with the workspace's own Node, in its root", async () => {
  const { out } = await run(print("process.version + ' ' + process.cwd()"));
  expect(out.trim()).toMatch(/^v26\./);
  expect(out.trim().endsWith(` ${root}`)).toBe(true);
});

test("npm's settings do not reach them, telemetry is off", async () => {
  const env = { npm_config_registry: "x", NPM_CONFIG_USERCONFIG: "x", npm_package_name: "x", npm_lifecycle_event: "x" };
  const { out } = await run(
    print(
      "Object.keys(process.env).filter((key) => /^npm_(config|package|lifecycle)/i.test(key)).join() + process.env.DO_NOT_TRACK",
    ),
    env,
  );
  expect(out.trim()).toBe("1");
});

test("the workspace's tools come before the machine's", async () => {
  const { out } = await run(["exec", "turbo", "--version"]);
  expect(out).toMatch(/^2\.\d+\.\d+\s*$/);
});

test.for([0, 3])("exit code %i is handed on", async (code) => {
  expect((await run(["exec", "node", "-e", `process.exit(${code})`])).code).toBe(code);
});

test("an unknown command is refused with the known ones", async () => {
  const { code, err } = await run(["serve"]);
  expect(code).toBe(1);
  expect(err).toContain('unknown command "serve"; known: start, bench, attack, test');
});

test.for(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s reaches the command, and its own end is handed on",
  async (signal) => {
    const child = start([
      "exec",
      "node",
      "-e",
      `process.on("${signal}", () => process.exit(7)); setInterval(() => {}, 1e3); console.log("up")`,
    ]);
    if (child.stdout !== null) await once(child.stdout, "data");
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([7, null]);
  },
);

test("a command that a signal ended gives 128 and the signal's number", async () => {
  const { code } = await run(["exec", "node", "-e", `process.kill(process.pid, "SIGKILL")`]);
  expect(code).toBe(137);
});
