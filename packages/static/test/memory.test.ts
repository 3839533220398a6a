import { closeSync, ftruncateSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import process from "node:process";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestText } from "./exchange.ts";
import { bundleServer, type Server, startServer } from "./server.ts";
import { makeTree, type Tree } from "./tree.ts";

const GIGABYTE = 1024 ** 3;
let tree: Tree;
beforeAll(() => {
  tree = makeTree({ "index.html": "" });
  const fd = openSync(tree.placeOf("gigabyte.bin"), "w");
  ftruncateSync(fd, GIGABYTE);
  closeSync(fd);
});
afterAll(() => tree.remove());

/** The memory that a process has needed at its worst, in bytes. */
function peak(server: Server): number {
  const [, kilobytes = "0"] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

describe.skipIf(process.platform !== "linux")("a file of 1 GiB", () => {
  test(
    "does not come into memory, for a client that reads slowly and one that stops",
    { timeout: 60_000 },
    async () => {
      const server = await startServer("node", await bundleServer(tree.around), tree.path);
      try {
        const ask = requestText("/adapter/gigabyte.bin");
        const before = peak(server);
        const stopped = connect(server.ports.adapter, "127.0.0.1", () => stopped.write(ask));
        await new Promise((resolve) => stopped.once("data", resolve));
        stopped.pause();
        const received = await new Promise<number>((resolve, reject) => {
          let bytes = 0;
          const socket = connect(server.ports.adapter, "127.0.0.1", () => socket.write(ask));
          socket.on("data", (chunk: Buffer) => {
            bytes += chunk.length;
            socket.pause();
            void turn().then(() => socket.resume());
          });
          socket.once("error", reject);
          socket.once("end", () => resolve(bytes));
        });
        expect(received).toBeGreaterThan(GIGABYTE);
        expect(peak(server) - before).toBeLessThan(100 * 1024 * 1024);
        stopped.destroy();
      } finally {
        await server.stop();
      }
    },
  );
});
