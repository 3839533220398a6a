import { symlinkSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { createApp } from "@openspeed/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assets, FilesError } from "../src/index.ts";
import { type Ask, ways } from "./exchange.ts";
import { makeTree, type Tree } from "./tree.ts";

const code = "export {};\n".repeat(200);
let tree: Tree;
beforeAll(() => {
  tree = makeTree({
    "app-1a2b.js": code,
    "app-1a2b.js.gz": gzipSync(code),
    "deep/a b#1.css": "p{}",
    plain: "bytes",
    "imprint.html": "<!doctype html><title>Imprint</title>",
    ".well-known/x": "x",
    "unlisted.txt": "not on the list",
  });
  symlinkSync("/etc/passwd", tree.placeOf("outside.txt"));
});
afterAll(() => tree.remove());

describe.each(ways)("assets, $name", ({ open }) => {
  let ask: Ask;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const files = [
      { path: "/assets/app-1a2b.js", file: "app-1a2b.js", hashed: true, tag: "0123abcd", codings: ["br", "gzip"] },
      { path: "/deep/style.css", file: "deep/a b#1.css" },
      { path: "/plain", file: "plain", type: "text/x-plain" },
      { path: "/imprint", file: "imprint.html" },
      { path: "/.well-known/x", file: ".well-known/x" },
      { path: "/outside", file: "outside.txt" },
      { path: "/gone", file: "gone.txt" },
    ] as const;
    ({ ask, close } = await open(
      createApp({ strict: true, mode: "test", routes: assets({ root: tree.root, files }) }),
    ));
  });
  afterAll(() => close());

  test.each([
    ["/assets/app-1a2b.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", code],
    ["/deep/style.css", "text/css; charset=utf-8", "public, no-cache", "p{}"],
    ["/plain", "text/x-plain", "public, no-cache", "bytes"],
    ["/.well-known/x", "application/octet-stream", "public, no-cache", "x"],
  ])("%s is what it is, for as long as its name says", async (path, type, cached, content) => {
    const { status, headers, body } = await ask(path);
    expect([status, headers.get("content-type"), headers.get("cache-control"), body.toString()]).toEqual([
      200,
      type,
      cached,
      content,
    ]);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    const again = await ask(path, { headers: { "if-none-match": headers.get("etag") ?? "" } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  test("HTML has a policy, which allows inline styles but no inline scripts; other files need none", async () => {
    const policy = (await ask("/imprint")).headers.get("content-security-policy")?.split("; ");
    for (const directive of [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(directive);
    expect((await ask("/plain")).headers.has("content-security-policy")).toBe(false);
  });

  test("a tag of the content, for each coding; a coding that is listed and not there is passed over", async () => {
    for (const [accepted, coding, etag] of [
      ["gzip", "gzip", '"0123abcd-gzip"'],
      ["br, gzip;q=0.5", "gzip", '"0123abcd-gzip"'],
      ["br", undefined, '"0123abcd"'],
      ["", undefined, '"0123abcd"'],
    ] as const) {
      const { headers } = await ask("/assets/app-1a2b.js", { headers: { "accept-encoding": accepted } });
      expect([headers.get("content-encoding"), headers.get("etag")]).toEqual([coding, etag]);
      expect([headers.get("vary"), headers.has("last-modified")]).toEqual(["accept-encoding", false]);
    }
    const refused = { headers: { "accept-encoding": "identity;q=0, *;q=0" } };
    expect((await ask("/assets/app-1a2b.js", refused)).status).toBe(406);
    expect((await ask("/plain", refused)).status).toBe(200);
  });

  test("has parts, and an answer to HEAD", async () => {
    const part = await ask("/plain", { headers: { range: "bytes=1-2" } });
    expect([part.status, part.body.toString()]).toEqual([206, "yt"]);
    const head = await ask("/plain", { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), head.body.length]).toEqual([200, "5", 0]);
  });

  test.each([
    "/unlisted.txt",
    "/app-1a2b.js",
    "/assets/app-1a2b.js.gz",
    "/assets/../unlisted.txt",
    "/..%2funlisted.txt",
    "/assets/",
    "/assets/app-1a2b.js/x",
    "/deep/a%20b%231.css",
    "/outside",
    "/gone",
  ])("%s is not there", async (path) => {
    expect([400, 404]).toContain((await ask(path)).status);
  });
});

test.each([
  ["../secret.txt", "/x"],
  ["deep/../../secret.txt", "/x"],
  ["/etc/passwd", "/x"],
  ["..\\secret.txt", "/x"],
  ["", "/x"],
  ["folder/", "/x"],
  ["a:b", "/x"],
  ["NUL", "/x"],
  ["x", "/:x"],
  ["x", "/a/*x"],
])("refuses the file %j at %s", (file, path) => {
  const mount = (): unknown => assets({ root: tree.root, files: [{ path, file }] });
  expect(mount).toThrow(FilesError);
  expect(mount).toThrow(/^OS_ASSET_FILE/);
});
