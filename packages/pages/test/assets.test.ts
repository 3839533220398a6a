import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createApp } from "@openspeed/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assetMounts } from "../src/assets.ts";

describe("assets", () => {
  let folder = "";
  let root: URL;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "openspeed-assets-"));
    await mkdir(join(folder, "public/deep"), { recursive: true });
    await writeFile(join(folder, "secret.txt"), "secret");
    await writeFile(join(folder, "public/app-1a2b.js"), "export {};");
    await writeFile(join(folder, "public/deep/a b#1.css"), "p{}");
    await writeFile(join(folder, "public/plain"), "bytes");
    await writeFile(join(folder, "public/imprint.html"), "<!doctype html><title>Imprint</title>");
    root = pathToFileURL(`${folder}/public/`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const app = () =>
    createApp({
      strict: true,
      mode: "test",
      routes: assetMounts({
        root,
        files: [
          { path: "/assets/app-1a2b.js", file: "app-1a2b.js", hashed: true },
          { path: "/deep/style.css", file: "deep/a b#1.css" },
          { path: "/plain", file: "plain" },
          { path: "/imprint", file: "imprint.html" },
        ],
      }),
    });
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    Promise.resolve(app().fetch(new Request(`http://site.test${path}`, init)));

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

  test.each([
    ["/assets/app-1a2b.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "export {};"],
    ["/deep/style.css", "text/css; charset=utf-8", "public, no-cache", "p{}"],
    ["/plain", "application/octet-stream", "public, no-cache", "bytes"],
  ])("%s is what it is, for as long as its name says", async (path, type, cached, content) => {
    const answer = await ask(path);
    expect([
      answer.status,
      answer.headers.get("content-type"),
      answer.headers.get("cache-control"),
      await answer.text(),
    ]).toEqual([200, type, cached, content]);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("is not sent twice", async () => {
    const tag = (await ask("/plain")).headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
    const again = await ask("/plain", { headers: { "if-none-match": tag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect((await ask("/plain", { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  test("has an answer to HEAD", async () => {
    const answer = await ask("/plain", { method: "HEAD" });
    expect([answer.status, answer.headers.get("content-length"), await answer.text()]).toEqual([200, "5", ""]);
  });

  test.each([
    "/secret.txt",
    "/assets/../secret.txt",
    "/..%2fsecret.txt",
    "/assets/",
    "/assets/app-1a2b.js/x",
    "/deep/a%20b%231.css",
  ])("%s is not on the list", async (path) => {
    expect([400, 404]).toContain((await ask(path)).status);
  });

  test.each(["../secret.txt", "deep/../../secret.txt", "/etc/passwd", "..\\secret.txt"])(
    "refuses a file outside of the root: %s",
    (file) => {
      const mount = (): unknown => assetMounts({ root: new URL("file:///srv/public/"), files: [{ path: "/x", file }] });
      if (file.startsWith("..") && !file.includes("\\")) expect(mount).toThrow(/^OS_ASSET_FILE/);
      else if (file.startsWith("deep")) expect(mount).toThrow(/^OS_ASSET_FILE/);
      else expect(mount).not.toThrow(); // a name below the root, however odd
    },
  );

  test("refuses a path that is a pattern, and a root that is no folder", () => {
    expect(() => assetMounts({ root: new URL("file:///srv/"), files: [{ path: "/:x", file: "x" }] })).toThrow(
      /^OS_ASSET_FILE.*pattern/,
    );
    expect(() => assetMounts({ root: new URL("file:///srv"), files: [{ path: "/x", file: "x" }] })).toThrow(
      /^OS_ASSET_FILE/,
    );
  });
});
