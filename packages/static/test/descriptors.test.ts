import { randomBytes } from "node:crypto";
import { readdirSync, readlinkSync, truncateSync } from "node:fs";
import { connect } from "node:net";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { serve } from "@openspeed/adapter-node";
import { createApp, middleware, publicAccess, type App } from "@openspeed/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folder } from "../src/index.ts";
import { type Asked, askBySocket, incoming, requestText } from "./exchange.ts";
import { LONG_AGO, makeTree, type Tree } from "./tree.ts";

const LARGE = 32 * 1024 * 1024;
let tree: Tree;
beforeAll(() => {
  tree = makeTree({
    "large.bin": randomBytes(LARGE),
    "small.txt": "small",
    "docs/index.html": "docs",
    "page.js": "page",
    "page.js.gz": gzipSync("page"),
  });
  tree.write("stale.js", "page", new Date(LONG_AGO.getTime() + 60_000));
  tree.write("stale.js.gz", gzipSync("page"));
});
afterAll(() => tree.remove());

const app = (): App =>
  createApp({
    routes: folder("/", { root: tree.root, use: [publicAccess()], precompressed: true, fallback: "docs/index.html" }),
    onError: () => {},
  });

/** Descriptors of this process that lead into the tree. */
function open(): number {
  return readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(tree.around);
    } catch {
      return false; // the one of this very listing
    }
  }).length;
}

/** Closing takes a turn or two of the pool; nothing but its end is waited for. */
async function allClosed(): Promise<void> {
  while (open() > 0) await wait(1);
}

// Elsewhere nothing tells what a process has open.
describe.skipIf(process.platform !== "linux")("no descriptor outlives its answer", () => {
  const etag = { "if-none-match": "*" };
  test.each<[string, string, Asked]>([
    ["a large file", "/large.bin", {}],
    ["a small file", "/small.txt", {}],
    ["a large part", "/large.bin", { headers: { range: "bytes=1000-9000000" } }],
    ["a small part", "/large.bin", { headers: { range: "bytes=0-0" } }],
    ["no part", "/large.bin", { headers: { range: "bytes=99999999-" } }],
    ["HEAD", "/large.bin", { method: "HEAD" }],
    ["not modified", "/large.bin", { headers: etag }],
    ["a condition that fails", "/large.bin", { headers: { "if-match": '"x"' } }],
    ["a redirect", "/docs", {}],
    ["a fallback", "/nowhere", { headers: { accept: "text/html" } }],
    ["a folder without an index", "/docs/x", {}],
    ["a coding", "/page.js", { headers: { "accept-encoding": "gzip" } }],
    ["a stale coding", "/stale.js", { headers: { "accept-encoding": "gzip" } }],
    ["nothing acceptable", "/small.txt", { headers: { "accept-encoding": "identity;q=0" } }],
  ])("%s", async (_name, target, asked) => {
    const server = await serve(app(), { port: 0, hostname: "127.0.0.1", signals: false, quiet: 0 });
    await Promise.all(Array.from({ length: 5 }, () => askBySocket(server.port, target, asked)));
    await allClosed();
    await server.close();
  });

  test("a client that goes away", async () => {
    const server = await serve(app(), { port: 0, hostname: "127.0.0.1", signals: false, quiet: 0 });
    for (let i = 0; i < 20; i++)
      await new Promise<void>((resolve) => {
        const socket = connect(server.port, "127.0.0.1", () => socket.write(requestText("/large.bin")));
        socket.on("error", () => {});
        socket.once("data", () => socket.destroy());
        socket.once("close", () => resolve());
      });
    await allClosed();
    await server.close();
  });

  test("an answer that is discarded, before and while it is read", async () => {
    const made = app();
    for (const chunks of [0, 1, 3]) {
      const { body } = await made.handle(incoming("/large.bin"));
      const reader = (body as AsyncIterable<unknown>)[Symbol.asyncIterator]();
      for (let i = 0; i < chunks; i++) await reader.next();
      const last = reader.next();
      await reader.return?.();
      await last;
    }
    await allClosed();
    await made.close();
  });

  test("an answer that is dropped without a word", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const forgetful = middleware("forgetful", {}, async (_ctx, next) => {
      await next();
      throw new Error("after next()");
    });
    const made = createApp({ routes: folder("/", { root: tree.root, use: [forgetful] }), onError: () => {} });
    for (let i = 0; i < 10; i++) expect((await made.handle(incoming("/large.bin"))).status).toBe(500);
    while (open() > 0) {
      collect();
      await wait(1);
    }
    await made.close();
  });
});

describe("a file that becomes shorter while it is sent", () => {
  test("breaks the connection", async () => {
    tree.write("shrinking.bin", randomBytes(LARGE));
    const server = await serve(app(), { port: 0, hostname: "127.0.0.1", signals: false, quiet: 0 });
    const { head, received, ended } = await new Promise<{ head: string; received: number; ended: boolean }>(
      (resolve) => {
        let head = "";
        let received = 0;
        let ended = false;
        const socket = connect(server.port, "127.0.0.1", () =>
          socket.write(requestText("/shrinking.bin", { headers: { connection: "keep-alive" } })),
        );
        socket.on("error", () => {});
        socket.on("data", (chunk: Buffer) => {
          if (head === "") {
            head = chunk.toString("latin1");
            truncateSync(tree.placeOf("shrinking.bin"), 1024 * 1024);
          }
          received += chunk.length;
        });
        socket.once("end", () => (ended = true));
        socket.once("close", () => resolve({ head, received, ended }));
      },
    );
    expect(head).toContain(`content-length: ${LARGE}`);
    expect(received).toBeLessThan(LARGE);
    expect(ended || received > 0).toBe(true);
    await allClosed();
    await server.close();
  });
});
