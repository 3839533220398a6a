import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** One core for whoever is measured and another for whoever drives it; undefined where processes cannot be pinned. */
export interface Cores {
  readonly server: number | undefined;
  readonly client: number | undefined;
}

export const cores: Cores = choose();

/** The command that runs `command` on one core. */
export function pinned(
  core: number | undefined,
  command: string,
  args: readonly string[],
): [command: string, args: string[]] {
  return core === undefined ? [command, [...args]] : ["taskset", ["--cpu-list", String(core), command, ...args]];
}

function choose(): Cores {
  const allowed = allowedCores();
  const server = allowed[0];
  const client = allowed.at(-1);
  const able = server !== client && spawnSync("taskset", ["--version"]).status === 0;
  return able ? { server, client } : { server: undefined, client: undefined };
}

/** What the kernel lets this process run on, from a list such as `0-3,8`; nothing where there is no procfs. */
function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(processStatus())?.[1] ?? "";
  return list.split(",").flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split("-").map(Number);
    return Number.isNaN(first) ? [] : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

function processStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}
