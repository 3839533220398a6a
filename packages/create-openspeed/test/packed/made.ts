import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TEMPLATES } from "../../src/templates.ts";
import { pack } from "./pack.ts";
import { serveRegistry } from "./registry.ts";
import { run, succeed } from "./run.ts";

const PACKAGES = [
  "core",
  "adapter-node",
  "testing",
  "multipart",
  "pages",
  "security",
  "router-fs",
  "static",
  "cli",
  "create-openspeed",
];

export interface Made extends AsyncDisposable {
  /** Where a template's project is. */
  readonly folderOf: (template: string) => string;
  /** The published command, installed. */
  readonly bin: string;
  /** Settings by which npm finds the packed packages. */
  readonly npmEnv: Readonly<Record<string, string>>;
  readonly root: string;
}

/** Every template made by the packed command, and installed together from packed packages. */
export async function makeAll(): Promise<Made> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "openspeed-made-")));
  const [tarballs, creator, projects] = ["tarballs", "creator", "projects"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [tarballs, creator, projects]) await mkdir(folder);

  const packed = await pack(PACKAGES, tarballs);
  const registry = await serveRegistry(packed);
  const own = packed.at(-1);
  await writeFile(
    join(creator, "package.json"),
    JSON.stringify({ dependencies: { "create-openspeed": `file:${own?.file}` } }),
  );
  await succeed("pnpm", ["install", "--prefer-offline", "--ignore-workspace"], creator);
  const bin = join(creator, "node_modules/create-openspeed/bin/create-openspeed.js");
  for (const { name } of TEMPLATES) {
    await succeed(process.execPath, [bin, name, "--template", name, "--no-install", "--no-git"], projects);
  }
  // One workspace: what five projects share is installed once. Each finds what it names, and nothing else.
  await writeFile(join(projects, "pnpm-workspace.yaml"), "packages:\n  - '*'\n");
  await writeFile(join(projects, ".npmrc"), `@openspeed:registry=${registry.url}\n`);
  await succeed("pnpm", ["install", "--prefer-offline", "--no-frozen-lockfile"], projects);

  return {
    root,
    bin,
    folderOf: (template) => join(projects, template),
    npmEnv: { "npm_config_@openspeed:registry": registry.url },
    [Symbol.asyncDispose]: async () => {
      await registry[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Whether there is a registry to install from. */
export async function isOnline(): Promise<boolean> {
  const asked = await run("npm", ["view", "picocolors", "version", "--fetch-retries=0", "--prefer-online"], tmpdir());
  return asked.code === 0;
}
