import {
  brotliCompressSync,
  brotliDecompressSync,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from "node:zlib";
import { createApp, publicAccess } from "@openspeed/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FilesOptions, folder } from "../src/index.ts";
import { type Ask, ways } from "./exchange.ts";
import { LONG_AGO, makeTree, type Tree } from "./tree.ts";

const text = "export const answer = 42;\n".repeat(200);
const decoded: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  gzip: gunzipSync,
};
let tree: Tree;
beforeAll(() => {
  tree = makeTree({
    "app.js": text,
    "app.js.br": brotliCompressSync(text),
    "app.js.zst": zstdCompressSync(text),
    "app.js.gz": gzipSync(text),
    "some.css": text,
    "some.css.gz": gzipSync(text),
    "plain.txt": text,
    "alone.js.br": brotliCompressSync(text),
    "folder.js": text,
    "folder.js.br/file": "no coding",
  });
  tree.write("stale.js", text, new Date(LONG_AGO.getTime() + 60_000));
  tree.write("stale.js.gz", gzipSync("older"));
});
afterAll(() => tree.remove());

describe.each(ways)("codings, $name", ({ open }) => {
  async function site<T>(options: Partial<FilesOptions>, use: (ask: Ask) => Promise<T>): Promise<T> {
    const routes = folder("/", { root: tree.root, use: [publicAccess()], precompressed: true, ...options });
    const { ask, close } = await open(createApp({ routes }));
    try {
      return await use(ask);
    } finally {
      await close();
    }
  }

  test.each([
    [undefined, undefined],
    ["", undefined],
    ["gzip", "gzip"],
    ["x-gzip", "gzip"],
    ["GZIP", "gzip"],
    ["br", "br"],
    ["zstd", "zstd"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, zstd", "zstd"],
    ["gzip;q=1, br;q=0.5", "gzip"],
    ["gzip;q=0.5, br;q=0.5, zstd;q=0.4", "br"],
    ["br;q=0", undefined],
    ["br;q=0, *", "zstd"],
    ["*", "br"],
    ["*;q=0.5, gzip;q=0.7", "gzip"],
    ["deflate", undefined],
    ["identity;q=1, br;q=0.5", undefined],
    ["identity;q=0.5, br;q=1", "br"],
    ["identity", undefined],
    ["identity;q=0, gzip", "gzip"],
    ["*;q=0, gzip", "gzip"],
    ["br;q=nonsense, gzip", "gzip"],
    ["br;q=2, gzip;q=0.1", "gzip"],
    [`${"x,".repeat(100)}br`, undefined],
  ])("Accept-Encoding: %s", async (accepted, coding) => {
    const headers: Record<string, string> = accepted === undefined ? {} : { "accept-encoding": accepted };
    await site({}, async (ask) => {
      const answer = await ask("/app.js", { headers });
      expect([answer.status, answer.headers.get("content-encoding")]).toEqual([200, coding]);
      expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
      expect(answer.headers.get("vary")).toBe("accept-encoding");
      expect(answer.headers.get("content-length")).toBe(String(answer.body.length));
      expect((decoded[coding ?? ""] ?? ((bytes) => bytes))(answer.body).toString()).toBe(text);
    });
  });

  test.each(["identity;q=0", "*;q=0", "*;q=0, deflate", "identity;q=0, br;q=0, gzip;q=0, zstd;q=0"])(
    "nothing fits %s",
    async (accepted) => {
      await site({}, async (ask) => {
        expect((await ask("/app.js", { headers: { "accept-encoding": accepted } })).status).toBe(406);
      });
    },
  );

  test("each coding is a representation with a tag and parts of its own", async () => {
    await site({}, async (ask) => {
      const tags = new Set<string>();
      for (const coding of ["br", "zstd", "gzip", "identity"]) {
        const headers = { "accept-encoding": coding };
        const whole = await ask("/app.js", { headers });
        const etag = whole.headers.get("etag") ?? "";
        tags.add(etag);
        const again = await ask("/app.js", { headers: { ...headers, "if-none-match": etag } });
        expect([again.status, again.headers.get("vary")]).toEqual([304, "accept-encoding"]);
        const part = await ask("/app.js", { headers: { ...headers, range: "bytes=3-9", "if-range": etag } });
        expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 3-9/${whole.body.length}`]);
        expect(part.body.equals(whole.body.subarray(3, 10))).toBe(true);
        const other = await ask("/app.js", {
          headers: { "accept-encoding": "identity;q=0.1", "if-range": etag, range: "bytes=0-1" },
        });
        expect(other.status).toBe(coding === "identity" ? 206 : 200);
      }
      expect(tags.size).toBe(4);
    });
  });

  test.each([
    ["/some.css", "br, gzip", 200, "gzip"],
    ["/plain.txt", "br, gzip", 200, undefined],
    ["/plain.txt", "br, identity;q=0", 406, undefined],
    ["/alone.js", "br", 404, undefined],
    ["/folder.js", "br", 200, undefined],
    ["/stale.js", "gzip", 200, undefined],
    ["/app.js.gz", "gzip", 200, undefined],
  ])("%s, %s", async (target, accepted, status, coding) => {
    await site({}, async (ask) => {
      const answer = await ask(target, { headers: { "accept-encoding": accepted } });
      expect([answer.status, answer.headers.get("content-encoding")]).toEqual([status, coding]);
    });
  });

  test("only those that are wanted, in this order", async () => {
    await site({ precompressed: ["gzip", "br"] }, async (ask) => {
      for (const [accepted, coding] of [
        ["br, gzip, zstd", "gzip"],
        ["br, zstd", "br"],
        ["zstd", undefined],
      ] as const)
        expect(
          (await ask("/app.js", { headers: { "accept-encoding": accepted } })).headers.get("content-encoding"),
        ).toBe(coding);
    });
    await site({ precompressed: false }, async (ask) => {
      const { headers } = await ask("/app.js", { headers: { "accept-encoding": "br" } });
      expect([headers.has("content-encoding"), headers.has("vary")]).toEqual([false, false]);
    });
  });
});
