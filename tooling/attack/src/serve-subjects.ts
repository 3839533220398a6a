/**
 * Serves every subject on a port of its own, on whatever runtime this runs, and tells of them on another port that nobody attacks.
 * `--platform fetch` serves through `Bun.serve` or `Deno.serve`, else adapter-node does.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { serve } from "@openspeed/adapter-node";
import type { Served, Vitals } from "./arena.ts";
import { makeLedger, makeWitness } from "./ledger.ts";
import type { Attacked } from "./subject.ts";
import { subjects } from "./subjects/index.ts";

/** What is used of the two, as far as it is. */
interface Platforms {
  readonly Bun?: {
    readonly version: string;
    serve(options: object): { readonly port: number };
  };
  readonly Deno?: {
    readonly version: { readonly deno: string };
    serve(
      options: object,
      handler: (request: Request, info: unknown) => unknown,
    ): { readonly addr: { readonly port: number } };
  };
}
const { Bun, Deno } = globalThis as Platforms;

const byFetch = process.argv.includes("fetch");
const ledger = makeLedger();
const failures: string[] = [];
const ports: Record<string, number> = {};
for (const { name, make } of subjects) {
  const app = await make(makeWitness(ledger, name), ledger);
  ports[name] = byFetch ? await serveFetch(app) : (await serve(app, { port: 0, signals: false })).port;
}

const runtime =
  Bun !== undefined
    ? `bun ${Bun.version}`
    : Deno !== undefined
      ? `deno ${Deno.version.deno}`
      : `node ${process.version.slice(1)}`;
const served: Served = {
  name: `${runtime}, ${!byFetch ? "adapter-node" : Bun === undefined ? "Deno.serve" : "Bun.serve"}`,
  pid: process.pid,
  ports,
  readsUrls: byFetch,
};

// From here on what nobody catches is a finding; before, it ends the process.
for (const event of ["uncaughtException", "unhandledRejection"])
  process.on(
    event,
    (error: unknown) => void failures.push(`${event}: ${error instanceof Error ? error.stack : String(error)}`),
  );

const control = createServer((request, response) => {
  const vitals = (): Vitals => ({ pid: process.pid, rss: process.memoryUsage().rss, failures: [...failures] });
  const told = request.url === "/subjects" ? served : request.url === "/ledger" ? ledger.take() : vitals();
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(told));
});
control.listen(0, "127.0.0.1", () => {
  const { port } = control.address() as AddressInfo;
  console.log(`control http://127.0.0.1:${port}`);
});

async function serveFetch(app: Attacked): Promise<number> {
  await app.ready();
  if (Bun !== undefined)
    return Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: app.fetch, development: false }).port;
  if (Deno !== undefined) {
    const options = { port: 0, hostname: "127.0.0.1", onListen: () => undefined };
    return Deno.serve(options, (request, info) => app.fetch(request, info)).addr.port;
  }
  throw new TypeError("--platform fetch needs Bun or Deno.");
}
