import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

let folder = "";
let started: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "desk-"));
});
afterEach(async () => {
  for (const child of started) {
    if (child.exitCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  started = [];
  await rm(folder, { recursive: true });
});

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ["--conditions=@openspeed/source", main], {
    env: { ...process.env, HOST: "", DESK_DB: join(folder, "desk.db"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  return child;
}

/** What it says before it ends by itself. */
async function failing(env: Record<string, string>) {
  const child = start(env);
  const lines: string[] = [];
  createInterface(child.stderr).on("line", (line) => lines.push(line));
  const [code] = await once(child, "close");
  return { code, lines };
}

test("it says where it answers and three requests that work, keeps what is written, and ends on SIGTERM", async () => {
  const child = start({ PORT: "0" });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.includes("Ctrl+C")) break;
  }
  expect(lines[0]).toMatch(/^Desk answers on http:\/\/localhost:\d+$/);
  const requests =
    lines
      .join("\n")
      .replaceAll("\\\n", " ")
      .match(/curl .*/g) ?? [];
  expect(requests).toHaveLength(3);
  for (const request of requests) {
    const { stdout } = await promisify(execFile)("sh", ["-c", `${request} --silent --write-out ' %{http_code}'`]);
    expect(stdout).toMatch(/^\{.+\} 20[01]$/s);
  }
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("a port that is taken is named, with another to choose", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const { code, lines } = await failing({ PORT: String(port) });
  other.close();
  expect(code).toBe(1);
  expect(lines[0]).toContain(`port ${port} on localhost is already in use`);
  expect(lines[1]).toMatch(/^For instance: PORT=\d+ npm start$/);
});

describe("what is no port or no address is refused in one line", () => {
  test.each([
    [{ PORT: "abc" }, /PORT is "abc", which is no port/],
    [{ PORT: "70000" }, /PORT is "70000", which is no port/],
    [{ PORT: "-1" }, /PORT is "-1", which is no port/],
    [{ PORT: "30 00" }, /PORT is "30 00", which is no port/],
    [{ PORT: "0", HOST: "203.0.113.7" }, /"203.0.113.7" is no address of this machine/],
  ])("%o", async (env, message) => {
    const { code, lines } = await failing(env);
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch(message);
  });
});
