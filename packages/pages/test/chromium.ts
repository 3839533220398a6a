import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { rolldown } from "rolldown";
import type { AssetFile } from "../src/assets.ts";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** Elsewhere, a missing browser is skipped with a line that says how to get it. */
const required = (process.env["OPENSPEED_REQUIRE"] ?? "").split(/[\s,]+/).includes("chromium");

export function chromiumIsThere(): boolean {
  const there = existsSync(PROGRAM);
  if (!there && required) throw new Error(`There is no ${PROGRAM}.`);
  if (!there)
    console.log(
      `chromium: skipped. There is no ${PROGRAM}. Run: apt-get install chromium (or name another with CHROMIUM=…)`,
    );
  return there;
}

export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAM,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-quic"],
  });
}

/** What a page complains of: errors, warnings, violations of its policy. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

export interface Bundle {
  readonly root: URL;
  readonly files: readonly AssetFile[];
  readonly entry: string;
  readonly remove: () => Promise<void>;
}

/** A library's client for the counter, as a build makes it. */
export async function bundleClient(library: string): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), "openspeed-pages-"));
  const counter = fileURLToPath(new URL(`fixtures/${library}-counter.ts`, import.meta.url));
  const source = `import { hydrateIslands } from "@openspeed/pages/${library}/client";
hydrateIslands({ counter: () => import(${JSON.stringify(counter)}) });`;
  const build = await rolldown({
    input: "entry",
    platform: "browser",
    resolve: { conditionNames: ["@openspeed/source", "import", "module", "browser", "default"] },
    transform: { define: { "process.env.NODE_ENV": JSON.stringify("production") } },
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "entry" ? fileURLToPath(new URL("entry.js", import.meta.url)) : undefined),
        load: (id) => (id.endsWith("entry.js") && !id.includes("node_modules") ? source : undefined),
      },
    ],
  });
  await build.write({
    dir: folder,
    format: "esm",
    entryFileNames: "client-[hash].js",
    chunkFileNames: "part-[hash].js",
  });
  await build.close();
  const names = await readdir(folder);
  const entry = names.find((name) => name.startsWith("client-"));
  if (entry === undefined) throw new Error("The bundle has no entry.");
  return {
    root: pathToFileURL(`${folder}/`),
    files: names.map((name) => ({ path: `/assets/${name}`, file: name, hashed: true })),
    entry: `/assets/${entry}`,
    remove: () => rm(folder, { recursive: true }),
  };
}
