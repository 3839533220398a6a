import { expect, test } from "vitest";
import { startChild } from "./child.ts";

async function pid(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/pid`, { headers: { connection: "close" } });
  return response.text();
}

test(
  "workers share a port, a crashed one is replaced, and a signal to the primary ends all",
  { timeout: 30_000 },
  async () => {
    const child = await startChild({ workers: 2 });
    const pids = new Set<string>();
    while (pids.size < 2) pids.add(await pid(child.port));
    expect(pids).not.toContain(String(child.process.pid));
    await fetch(`http://127.0.0.1:${child.port}/crash`, { headers: { connection: "close" } }).catch(() => undefined);
    while (pids.size < 3) pids.add(await pid(child.port));
    child.process.kill("SIGTERM");
    expect(await child.exit).toEqual({ code: 0, signal: null });
    for (const id of pids) expect(() => process.kill(Number(id), 0)).toThrow("ESRCH");
  },
);
