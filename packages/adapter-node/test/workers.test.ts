import { expect, test } from "vitest";
import { startChild } from "./child.ts";
import { type RawClient, rawClient, request, statuses } from "./raw.ts";

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

interface Side {
  readonly pid: string;
  readonly clients: RawClient[];
}

/** Connections to both of two workers, some to each. */
async function connections(port: number): Promise<readonly [Side, Side]> {
  const sides: Side[] = [];
  for (let count = 0; ; count++) {
    const [one, other] = sides;
    if (count >= 8 && one !== undefined && other !== undefined) return [one, other];
    const client = rawClient(port);
    client.send(request("GET /pid"));
    const id = /\d+$/.exec(await client.until(/\r\n\r\n\d+$/))?.[0] ?? "";
    const known = sides.find((side) => side.pid === id);
    if (known === undefined) sides.push({ pid: id, clients: [client] });
    else known.clients.push(client);
  }
}

test(
  "a worker that is killed takes nobody else's requests along, and is replaced while others serve",
  { timeout: 30_000 },
  async () => {
    const child = await startChild({ workers: 2 });
    const [{ pid: victim, clients: lost }, { pid: other, clients: others }] = await connections(child.port);
    // All have a request in flight when the one goes.
    for (const client of [...lost, ...others]) client.send(request("GET /slow"));
    await others[0]?.until(/slow$/);
    for (const client of [...lost, ...others]) client.send(request("GET /slow"));
    process.kill(Number(victim), "SIGKILL");
    for (const client of others) await client.until(/slow[^]*slow$/);
    for (const client of lost) await expect(client.until(/slow[^]*slow$/)).rejects.toThrow(/closed|reset|RESET/);
    const seen = new Set([victim, other]);
    while (seen.size < 3) seen.add(await pid(child.port));
    child.process.kill("SIGTERM");
    expect(await child.exit).toEqual({ code: 0, signal: null });
  },
);

test("workers that crash again and again are replaced later and later", { timeout: 120_000 }, async () => {
  const child = await startChild({ workers: 2 });
  const begun = performance.now();
  const seen = new Set<string>();
  while (seen.size < 2) seen.add(await pid(child.port));
  for (let crashes = 1; crashes <= 3; crashes++) {
    const at = performance.now();
    await fetch(`http://127.0.0.1:${child.port}/crash`, { headers: { connection: "close" } }).catch(() => undefined);
    while (seen.size < 2 + crashes) seen.add(await pid(child.port));
    // A machine so slow that the crashed one had lived for ten seconds starts over, as it should.
    if (performance.now() - begun < 9_000) expect(performance.now() - at).toBeGreaterThan(100 * 2 ** (crashes - 1) - 5);
  }
  child.process.kill("SIGTERM");
  expect(await child.exit).toEqual({ code: 0, signal: null });
});

test.each([
  ["/uncaught", "uncaughtException", "uncaught"],
  ["/unhandled", "unhandledRejection", "unhandled"],
])(
  "%s in a worker: it answers what it has, ends and is replaced",
  { timeout: 30_000 },
  async (path, route, message) => {
    const child = await startChild({ workers: 2 });
    const [
      {
        pid: victim,
        clients: [first],
      },
      { pid: other },
    ] = await connections(child.port);
    first?.send(request("GET /slow") + request(`GET ${path}`));
    expect(await first?.end()).toMatch(/slow[^]*soon$/);
    const seen = new Set([victim, other]);
    while (seen.size < 3) seen.add(await pid(child.port));
    expect(child.output()).toContain(`told Error: ${message} ${route}`);
    while (isAlive(victim)) await pid(child.port);
    child.process.kill("SIGTERM");
    expect(await child.exit).toEqual({ code: 0, signal: null });
  },
);

test.each([
  ["/uncaught", "uncaughtException", "uncaught"],
  ["/unhandled", "unhandledRejection", "unhandled"],
])(
  "%s without workers: what is in flight is answered, the app closed, and the process ends with 1",
  async (path, route, message) => {
    const child = await startChild();
    const client = rawClient(child.port);
    client.send(request("GET /slow") + request(`GET ${path}`));
    expect(statuses(await client.end())).toEqual([200, 200]);
    expect(await child.exit).toEqual({ code: 1, signal: null });
    expect(child.output()).toContain(`told Error: ${message} ${route}`);
    expect(child.output()).toContain("closed");
  },
);

function isAlive(id: string): boolean {
  try {
    return process.kill(Number(id), 0);
  } catch {
    return false;
  }
}
