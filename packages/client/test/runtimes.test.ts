import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bytes, createApp, problem, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { serve } from "./apps.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const workspace = join(here, "../../..");
const workspaceRequire = createRequire(join(workspace, "tooling/conformance/package.json"));

function binaryOf(name: string, ...places: readonly string[]): string | undefined {
  const folder = dirname(workspaceRequire.resolve(`${name}/package.json`));
  return places.map((place) => join(folder, place)).find((file) => existsSync(file));
}
const runtimes = [
  { name: "node", program: process.execPath, args: [] },
  { name: "bun", program: binaryOf("bun", "bin/bun.exe", "bin/bun"), args: ["run"] },
  {
    name: "deno",
    program: binaryOf("deno", "deno", "deno.exe"),
    args: ["run", "--no-prompt", "--no-config", "--allow-net"],
  },
];

const app = createApp({
  routes: {
    "GET /tickets/:id": route({ problems: { gone: problem(410, "Gone") } }, ({ params, fail }) =>
      params["id"] === "9" ? fail.gone() : { id: params["id"] },
    ),
    "GET /ticks": route(async function* () {
      yield { at: 1 };
      yield { at: 2 };
    }),
    "POST /upload": route({ body: bytes() }, ({ body }) => ({ size: body.length })),
    "GET /slow": route(() => new Promise(() => {})),
  },
});

/** These runtimes read TypeScript, so what runs is the source itself. */
const script = (base: string): string => `
import { createClient } from ${JSON.stringify(join(here, "../src/index.ts"))};
const desk = createClient(${JSON.stringify(base)}, { retry: { base: "1ms" } });
const all = async (items) => { const found = []; for await (const item of items) found.push(item); return found; };
const told = [];
console.log(JSON.stringify({
  value: (await desk("GET /tickets/:id", { params: { id: "1" } })).value,
  problem: (await desk("GET /tickets/:id", { params: { id: 9 } })).problem.name,
  lines: await all((await desk("GET /ticks")).value),
  events: (await all(desk.events("GET /ticks"))).map((event) => event.data),
  upload: (await desk("POST /upload", { body: new Blob([new Uint8Array(100000)]), onProgress: (progress) => told.push(progress.loaded) })).value,
  told: { first: told[0], last: told.at(-1), some: told.length > 2 },
  timeout: (await desk("GET /slow", { timeout: "50ms" })).failure.kind,
  network: (await createClient("http://127.0.0.1:1", { retry: false })("GET /")).failure.kind,
}));`;

test.each(runtimes)("works on $name", async ({ name, program, args }) => {
  if (program === undefined) return console.log(`${name}: skipped. It has no binary here.`);
  const place = await serve(app);
  const folder = await mkdtemp(join(tmpdir(), "client-"));
  try {
    await writeFile(join(folder, "main.mjs"), script(place.base));
    const { stdout } = await promisify(execFile)(program, [...args, join(folder, "main.mjs")], {
      timeout: 20_000,
      killSignal: "SIGKILL",
    });
    expect(JSON.parse(stdout)).toEqual({
      value: { id: "1" },
      problem: "gone",
      lines: [{ at: 1 }, { at: 2 }],
      events: [{ at: 1 }, { at: 2 }],
      upload: { size: 100_000 },
      told: { first: 0, last: 100_000, some: true },
      timeout: "timeout",
      network: "network",
    });
  } finally {
    await rm(folder, { recursive: true });
    await place.close();
  }
});
