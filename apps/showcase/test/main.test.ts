import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
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
    env: { ...process.env, NODE_ENV: "development", NO_COLOR: "1", HOST: "", DESK_DB: join(folder, "desk.db"), ...env },
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

test("it says where it answers, serves pages and JSON, keeps what is written, and ends on SIGTERM", async () => {
  const child = start({ PORT: "0" });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith("ready")) break;
  }
  child.stdout.resume();
  expect(lines[0]).toContain(`Tickets are kept in ${join(folder, "desk.db")}.`);
  const url = /^ready (http:\/\/localhost:\d+) /.exec(lines.at(-1) ?? "")?.[1] ?? "";
  const home = await fetch(url, { headers: { accept: "text/html" } });
  expect([home.status, await home.text()]).toEqual([200, expect.stringContaining("Harbor Street Clinic")]);
  const created = await fetch(`${url}/api/organisations/siam-cycles/tickets`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "The bell does not ring", requester: "ada@example.com" }),
  });
  expect(created.status).toBe(201);
  const kept = await fetch(new URL(created.headers.get("location") ?? "", url));
  expect(await kept.json()).toMatchObject({ title: "The bell does not ring" });
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
  expect(code).toBe(3);
  expect(lines.join("\n")).toMatch(
    new RegExp(`port ${port} on localhost is already in use.*\\n.*For instance: .*--port \\d+$`),
  );
});

describe("what is no port or no address is refused", () => {
  test.each([
    [{ PORT: "abc" }, /PORT is "abc", which is no port/],
    [{ PORT: "70000" }, /PORT is "70000", which is no port/],
    [{ PORT: "-1" }, /PORT is "-1", which is no port/],
    [{ PORT: "30 00" }, /PORT is "30 00", which is no port/],
    [{ PORT: "0", HOST: "203.0.113.7" }, /"203.0.113.7" is no address of this machine/],
  ])("%o", async (env, message) => {
    const { code, lines } = await failing(env);
    expect(code).toBe(3);
    expect(lines.join("\n")).toMatch(message);
  });
});
