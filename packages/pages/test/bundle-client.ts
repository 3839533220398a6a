import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import type { AssetFile } from "@openspeed/static";

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
