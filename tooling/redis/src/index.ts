/** Redis, for tests of what several processes share. `REDIS_SERVER` names another program than the usual one. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRequired } from "@openspeed/required";

const PROGRAM = process.env["REDIS_SERVER"] ?? "redis-server";

/**
 * Whether tests with Redis can run. Where there is none they are skipped, with a line that says how to get it; where
 * `OPENSPEED_REQUIRE` names `redis`, they fail.
 */
export const hasRedis: boolean = spawnSync(PROGRAM, ["--version"]).status === 0;
if (!hasRedis && isRequired("redis")) throw new Error(`There is no ${PROGRAM}.`);
if (!hasRedis)
  console.log(
    `Tests with Redis are skipped: there is no ${PROGRAM}. Run apt-get install redis-server, or set REDIS_SERVER.`,
  );

/** A server of its own on 127.0.0.1, empty, that keeps nothing on disk. */
export interface RedisServer {
  readonly port: number;
  /** Stops it in the middle of whatever it does; its connections stay open. */
  freeze(): void;
  /** Lets it go on. */
  thaw(): void;
  /** Kills it, as a power cut would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it on the same port, empty. */
  restart(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const children = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

export interface RedisOptions {
  /** Whether it can be the one node of a cluster; its slots are the test's to assign. */
  readonly cluster?: boolean;
}

export async function startRedis({ cluster = false }: RedisOptions = {}): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "redis-"));
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  if (cluster)
    options.push(
      "--cluster-enabled",
      "yes",
      "--cluster-port",
      String(await freePort()),
      "--cluster-announce-ip",
      "127.0.0.1",
    );
  let child = await start(options);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  return {
    port,
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    kill,
    restart: async () => {
      await kill();
      child = await start(options);
    },
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

async function start(options: readonly string[]): Promise<ChildProcess> {
  const child = spawn(PROGRAM, options, { stdio: ["ignore", "pipe", "inherit"] });
  children.add(child);
  child.once("exit", () => children.delete(child));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Ready to accept connections")) resolve();
    });
    child.once("exit", () => reject(new Error(`Redis ended before it listened:\n${said}`)));
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new TypeError("A server on TCP has a port.");
  return address.port;
}
