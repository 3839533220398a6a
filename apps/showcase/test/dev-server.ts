/** Desk as `npm start` serves it, in a process of its own, on a database of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Started once for a file of tests; gives its address. */
export function devServer(): () => string {
  let url = "";
  let child: ChildProcess | undefined;
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "desk-"));
    const started = spawn(process.execPath, ["--conditions=@openspeed/source", main], {
      env: {
        ...process.env,
        NODE_ENV: "development",
        NO_COLOR: "1",
        PORT: "0",
        HOST: "",
        DESK_DB: join(folder, "desk.db"),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = started;
    for await (const line of createInterface(started.stdout)) {
      url = /^ready (http:\/\/\S+)/.exec(line)?.[1] ?? "";
      if (url !== "") break;
    }
    started.stdout.resume();
  });
  afterAll(async () => {
    if (child !== undefined && child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  });
  return () => url;
}
