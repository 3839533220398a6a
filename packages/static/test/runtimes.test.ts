import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readlinkSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync } from "node:zlib";
import { isRequired } from "@openspeed/required";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBySocket, requestText } from "./exchange.ts";
import { bundleServer, missing, runtimes, type Server, startServer } from "./server.ts";
import { makeTree, type Tree } from "./tree.ts";

const SIZE = 3_000_000;
const large = randomBytes(SIZE);
let tree: Tree;
let file = "";
beforeAll(async () => {
  tree = makeTree({
    "index.html": "home",
    "docs/index.html": "docs",
    "app.js": "export {};",
    "app.js.br": brotliCompressSync("export {};"),
    "large.bin": large,
    ".env": "secret",
    "empty.txt": "",
  });
  writeFileSync(join(tree.around, "secret.txt"), "secret");
  mkdirSync(tree.placeOf("nothing"));
  symlinkSync("../secret.txt", tree.placeOf("outside.txt"));
  symlinkSync("app.js", tree.placeOf("inside.js"));
  symlinkSync("..", tree.placeOf("out"));
  execFileSync("mkfifo", [tree.placeOf("pipe")]);
  file = await bundleServer(tree.around);
});
afterAll(() => tree.remove());

test.each(runtimes.filter(isRequired))("%s is there", (name) => {
  expect(missing(name)).toBeUndefined();
});

describe.each(runtimes.filter((name) => missing(name) === undefined))("on %s", (name) => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer(name, file, tree.path);
  });
  afterAll(() => server.stop());

  const ways = name === "node" ? (["adapter"] as const) : (["adapter", "own"] as const);
  describe.each(ways)("by its %s server", (way) => {
    const ask = (target: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`http://127.0.0.1:${server.ports[way]}/${way}${target}`, {
        redirect: "manual",
        signal: AbortSignal.timeout(10_000),
        ...init,
      });

    test("files come whole, in parts, and not at all", async () => {
      expect(Buffer.from(await (await ask("/large.bin")).arrayBuffer()).equals(large)).toBe(true);
      for (const [first, last] of [
        [0, 0],
        [10, 99_999],
        [1_000_000, SIZE - 1],
      ] as const) {
        const part = await ask("/large.bin", { headers: { range: `bytes=${first}-${last}` } });
        expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes ${first}-${last}/${SIZE}`]);
        expect(Buffer.from(await part.arrayBuffer()).equals(large.subarray(first, last + 1))).toBe(true);
      }
      const none = await ask("/large.bin", { headers: { range: `bytes=${SIZE}-` } });
      expect([none.status, none.headers.get("content-range")]).toEqual([416, `bytes */${SIZE}`]);
      const empty = await ask("/empty.txt");
      expect([empty.status, await empty.text()]).toEqual([200, ""]);
    });

    test("HEAD says how long, and sends nothing", async () => {
      const head = await ask("/large.bin", { method: "HEAD" });
      expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, String(SIZE), ""]);
    });

    test("what has not changed is not sent", async () => {
      const etag = (await ask("/app.js")).headers.get("etag") ?? "";
      expect(etag).toMatch(/^"/);
      expect((await ask("/app.js", { headers: { "if-none-match": etag } })).status).toBe(304);
    });

    test("a coding is chosen, folders lead to their index, navigations to the fallback", async () => {
      const coded = await ask("/app.js", { headers: { "accept-encoding": "br" } });
      expect([coded.headers.get("content-encoding"), await coded.text()]).toEqual(["br", "export {};"]);
      expect((await ask("/docs")).headers.get("location")).toBe("./docs/");
      expect(await (await ask("/docs/")).text()).toBe("docs");
      const navigation = { headers: { accept: "text/html" } };
      const { body } = await askBySocket(server.ports[way] ?? 0, `/${way}/some/where`, navigation);
      expect(body.toString()).toContain("home");
      expect(await (await ask("/inside.js")).text()).toBe("export {};");
    });

    test.each([
      "/.env",
      "/outside.txt",
      "/out/secret.txt",
      "/pipe",
      "/nothing",
      "/app.js/",
      "/docs%2findex.html",
      "/APP.JS",
    ])("%s is not there", async (target) =>
      expect((await ask(target, { headers: { accept: "*/*" } })).status).toBe(404),
    );

    test("a file that becomes shorter while it is sent breaks the connection", async () => {
      const name = `shrinking-${way}.bin`;
      tree.write(name, Buffer.alloc(32 * 1024 * 1024));
      const answer = await ask(`/${name}`);
      const reader = answer.body?.getReader();
      await reader?.read();
      truncateSync(tree.placeOf(name), 1024 * 1024);
      const readOn = async (): Promise<string> => {
        while ((await reader?.read())?.done === false);
        return "whole";
      };
      expect(await readOn().catch(() => "broken")).toBe("broken");
    });

    test.skipIf(process.platform !== "linux")("a client that goes away leaves nothing open", async () => {
      const port = server.ports[way] ?? 0;
      for (let i = 0; i < 10; i++)
        await new Promise<void>((resolve) => {
          const socket = connect(port, "127.0.0.1", () => socket.write(requestText(`/${way}/large.bin`)));
          socket.on("error", () => {});
          socket.once("data", () => socket.destroy());
          socket.once("close", () => resolve());
        });
      const open = (): number =>
        readdirSync(`/proc/${server.pid}/fd`).filter((fd) => {
          try {
            return readlinkSync(`/proc/${server.pid}/fd/${fd}`).endsWith("large.bin");
          } catch {
            return false; // closed in the meantime
          }
        }).length;
      while (open() > 0) await wait(5);
    });
  });
});
