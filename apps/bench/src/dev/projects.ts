import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Who develops: ours on each runtime, and Nitro. */
export const subjects = ["openspeed-node", "openspeed-bun", "openspeed-deno", "nitro"] as const;
export type Subject = (typeof subjects)[number];

/** A project in a temporary folder with one route that is saved again and again. */
export interface Project {
  readonly root: string;
  /** What starts its development server, with Node. */
  command(port: number): readonly string[];
  /** Saves the route, which then answers with this text. */
  save(text: string): void;
}

export function makeProject(subject: Subject): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "openspeed-dev-")));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write("package.json", '{ "type": "module" }\n');
  return subject === "nitro" ? nitro(root, write) : openspeed(root, subject.slice("openspeed-".length), write);
}

type Write = (file: string, text: string) => void;

function openspeed(root: string, runtime: string, write: Write): Project {
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(root, "node_modules"), "junction");
  write(
    "src/app.ts",
    `import { createApp } from "@openspeed/core";
import routes from "../.openspeed/routes.ts";
export const app = createApp({ routes });
`,
  );
  write("routes/vitals.ts", VITALS);
  const save = (text: string): void =>
    write(
      "routes/hello.ts",
      `import { route } from "@openspeed/core";
export const GET = route({}, () => ${JSON.stringify(text)});
`,
    );
  const cli = createRequire(import.meta.url).resolve("@openspeed/cli/package.json");
  const entry = join(dirname(cli), "bin/openspeed.js");
  return {
    root,
    save,
    command: (port) => [...process.execArgv, entry, "dev", "--runtime", runtime, "--port", `${port}`],
  };
}

/** Memory and handles of the process that serves, asked for by the soak. */
const VITALS = `import { route } from "@openspeed/core";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
function collect() {
  if (globalThis.Bun !== undefined) return globalThis.Bun.gc(true);
  setFlagsFromString("--expose_gc");
  runInNewContext("gc")();
}
export const GET = route({}, async () => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  try { collect(); } catch {}
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss, handles: process.getActiveResourcesInfo?.().filter((name) => !/TCP|Timeout|Immediate/.test(name)).length ?? 0 };
});
`;

function nitro(root: string, write: Write): Project {
  // What Nitro builds imports Nitro's own dependencies, which stand beside it.
  const home = dirname(createRequire(import.meta.url).resolve("nitro/package.json"));
  symlinkSync(dirname(realpathSync(home)), join(root, "node_modules"), "junction");
  write("nitro.config.ts", 'export default { serverDir: "./" };\n');
  const save = (text: string): void =>
    write(
      "routes/hello.ts",
      `import { defineHandler } from "nitro/h3";
export default defineHandler(() => ${JSON.stringify(text)});
`,
    );
  const entry = join(home, "dist/cli/index.mjs");
  return { root, save, command: (port) => [entry, "dev", "--port", `${port}`, "--host", "127.0.0.1"] };
}
