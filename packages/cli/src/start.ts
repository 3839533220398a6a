import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DIST } from "./build/dist.ts";
import type { Config } from "./config.ts";
import { EXIT } from "./exit.ts";
import { Fault } from "./fault.ts";

export interface StartOptions {
  /** Default: `PORT`, else the configuration's. */
  readonly port?: number | undefined;
  /** Default: `HOST`, else the configuration's. */
  readonly host?: string | undefined;
}

/**
 * Runs what was built, in this process, until a signal ends it. Resolves only if it does not start, with the exit code.
 *
 * @throws Fault if nothing was built
 */
export async function runStart({ root }: Config, { port, host }: StartOptions = {}): Promise<number> {
  const entry = join(root, DIST, "server/index.js");
  if (!existsSync(entry)) {
    throw new Fault({
      code: "OS_NOT_BUILT",
      message: "There is nothing to start: the app has not been built.",
      where: `${DIST}/server/index.js`,
      mend: "Run openspeed build first; openspeed dev needs no build.",
    });
  }
  process.env["NODE_ENV"] ??= "production";
  if (port !== undefined) process.env["PORT"] = `${port}`;
  if (host !== undefined) process.env["HOST"] = host;
  process.chdir(root); // where files that the app names from its folder are
  const { server }: { readonly server?: unknown } = await import(pathToFileURL(entry).href);
  if (server === undefined) return EXIT.failed;
  // Signals close the server gracefully and then end the process.
  return new Promise(() => {});
}
