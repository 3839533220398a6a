import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { compiler } from "../typescript.ts";

const packages = ["core", "adapter-node"];

/** Builds our packages as they are published: the peers start from JavaScript too. */
export async function buildPackages(): Promise<void> {
  const folders = packages.map((name) => fileURLToPath(new URL(`../../../../packages/${name}`, import.meta.url)));
  const child = spawn(process.execPath, [compiler, "--build", ...folders], { stdio: ["ignore", "pipe", "inherit"] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (code !== 0) throw new Error(`OpenSpeed does not build:\n${said}`);
}
