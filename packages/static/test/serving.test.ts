import { createApp, graph, middleware, type Mount, policy, publicAccess, type Use } from "@openspeed/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { files, FilesError, type FilesOptions, folder } from "../src/index.ts";
import { type Ask, ways } from "./exchange.ts";
import { LONG_AGO, makeTree, type Tree } from "./tree.ts";

let tree: Tree;
beforeAll(() => {
  tree = makeTree({
    "index.html": "<!doctype html>home",
    "app.js": "export {};",
    "app-1a2b3c4d.js": "hashed",
    "styles/site.css": "p{}",
    "docs/index.html": "docs",
    "docs/deep/page.html": "page",
    "empty/note.txt": "note",
    "none.txt": "",
    "picture.svg": "<svg/>",
    "data.json": "{}",
    "100%.txt": "all",
    "käse brot.txt": "cheese",
    Makefile: "all:",
    ".env": "SECRET",
    ".well-known/security.txt": "Contact: mailto:a@b.example",
    "old.txt": "old",
  });
  tree.write("old.txt", "old", new Date(1000));
  tree.write("future.txt", "future", new Date("2999-01-01"));
});
afterAll(() => tree.remove());

describe.each(ways)("files, $name", ({ open }) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  async function asker(mounts: readonly Mount[], use: readonly Use[] = []): Promise<Ask> {
    const { ask, close } = await open(createApp({ strict: true, mode: "test", routes: mounts, use }));
    closing.push(close);
    return ask;
  }
  const site = (options: Partial<FilesOptions> = {}): Promise<Ask> =>
    asker(folder("/site", { root: tree.root, use: [publicAccess()], ...options }));

  test.each([
    ["/site/app.js", "text/javascript; charset=utf-8", "export {};"],
    ["/site/styles/site.css", "text/css; charset=utf-8", "p{}"],
    ["/site/docs/deep/page.html", "text/html; charset=utf-8", "page"],
    ["/site/none.txt", "text/plain; charset=utf-8", ""],
    ["/site/picture.svg", "image/svg+xml", "<svg/>"],
    ["/site/data.json", "application/json", "{}"],
    ["/site/Makefile", "application/octet-stream", "all:"],
    ["/site/100%25.txt", "text/plain; charset=utf-8", "all"],
    ["/site/k%C3%A4se%20brot.txt", "text/plain; charset=utf-8", "cheese"],
    ["/site/.well-known/security.txt", "text/plain; charset=utf-8", "Contact: mailto:a@b.example"],
    ["/site/styles/../app.js", "text/javascript; charset=utf-8", "export {};"],
    ["/site/app.js?v=2", "text/javascript; charset=utf-8", "export {};"],
  ])("%s is what it is", async (target, type, content) => {
    const ask = await site();
    const { status, headers, body } = await ask(target);
    expect([status, headers.get("content-type"), body.toString()]).toEqual([200, type, content]);
    expect(headers.get("content-length")).toBe(String(Buffer.byteLength(content)));
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("accept-ranges")).toBe("bytes");
    expect(headers.has("vary")).toBe(false);

    const head = await ask(target, { method: "HEAD" });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    for (const name of ["content-type", "content-length", "etag", "last-modified", "cache-control"])
      expect(head.headers.get(name)).toBe(headers.get(name));
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])("%s is not allowed", async (method) => {
    const { status, headers } = await (await site())("/site/app.js", { method, headers: { "content-length": "0" } });
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  test("a folder is its index, and without a slash leads there, on this host", async () => {
    const ask = await site();
    expect((await ask("/site/")).body.toString()).toBe("<!doctype html>home");
    expect((await ask("/site/docs/")).body.toString()).toBe("docs");
    for (const [target, location] of [
      ["/site", "./site/"],
      ["/site?a=b", "./site/?a=b"],
      ["/site/docs", "./docs/"],
      ["/site/docs?next=//evil.example", "./docs/?next=//evil.example"],
    ] as const) {
      const { status, headers } = await ask(target);
      expect([status, headers.get("location")]).toEqual([301, location]);
    }
    for (const target of [
      "/site/docs/deep",
      "/site/docs/deep/",
      "/site/empty",
      "/site/empty/",
      "/site//docs",
      "/site/docs//",
    ])
      expect([target, (await ask(target)).status]).toEqual([target, 404]);
  });

  test("no path makes a redirect to another host", async () => {
    const ask = await asker(folder("/", { root: tree.root, use: [publicAccess()] }));
    for (const target of [
      "//docs",
      "//evil.example/docs",
      "/%2Fevil.example/docs",
      "/\\evil.example/docs",
      "//evil.example/..//docs",
    ]) {
      const { status, headers } = await ask(target);
      expect({ target, isRefused: [400, 404].includes(status) }).toEqual({ target, isRefused: true });
      expect(headers.has("location")).toBe(false);
    }
    const { headers } = await ask("/docs");
    expect(new URL(headers.get("location") ?? "", "http://site.test/docs").href).toBe("http://site.test/docs/");
  });

  test("a route alone serves the root where its path has no param", async () => {
    const ask = await asker([
      { method: "GET", path: "/site/", route: files({ root: tree.root, use: [publicAccess()] }) },
      { method: "GET", path: "/bare", route: files({ root: tree.root, use: [publicAccess()] }) },
      { method: "GET", path: "/bare/*path", route: files({ root: tree.root, use: [publicAccess()] }) },
    ]);
    expect((await ask("/site/")).body.toString()).toBe("<!doctype html>home");
    expect((await ask("/bare")).headers.get("location")).toBe("./bare/index.html");
    expect((await ask("/bare/index.html")).status).toBe(200);
  });

  test("an index may have another name, or be none", async () => {
    const named = await site({ index: "page.html" });
    expect((await named("/site/docs/deep/")).body.toString()).toBe("page");
    const none = await site({ index: false });
    for (const target of ["/site", "/site/", "/site/docs", "/site/docs/"])
      expect((await none(target)).status).toBe(404);
    expect((await none("/site/docs/index.html")).status).toBe(200);
  });

  test("what has not changed is not sent again", async () => {
    const ask = await site();
    const { headers } = await ask("/site/app.js");
    const etag = headers.get("etag") ?? "";
    expect(etag).toMatch(/^"a-[0-9a-f]+"$/);
    expect(headers.get("last-modified")).toBe(LONG_AGO.toUTCString());
    for (const [name, value, status] of [
      ["if-none-match", etag, 304],
      ["if-none-match", `W/${etag}`, 304],
      ["if-none-match", `"x", ${etag}`, 304],
      ["if-none-match", "*", 304],
      ["if-none-match", '"x"', 200],
      ["if-modified-since", LONG_AGO.toUTCString(), 304],
      ["if-modified-since", new Date(0).toUTCString(), 200],
      ["if-match", etag, 200],
      ["if-match", '"x"', 412],
      ["if-unmodified-since", new Date(0).toUTCString(), 412],
    ] as const) {
      for (const method of ["GET", "HEAD"]) {
        const answer = await ask("/site/app.js", { method, headers: { [name]: value } });
        expect([method, name, value, answer.status]).toEqual([method, name, value, status]);
        if (status !== 304) continue;
        expect(answer.body.length).toBe(0);
        expect([answer.headers.get("etag"), answer.headers.get("cache-control")]).toEqual([etag, "public, no-cache"]);
      }
    }
  });

  test("validators say only what is known", async () => {
    const ask = await site();
    const old = await ask("/site/old.txt");
    expect([old.headers.has("etag"), old.headers.has("last-modified")]).toEqual([false, false]);
    const future = await ask("/site/future.txt");
    expect([future.headers.get("etag")?.slice(0, 3), future.headers.has("last-modified")]).toEqual(['W/"', false]);
    tree.write("fresh.txt", "fresh", new Date());
    expect((await ask("/site/fresh.txt")).headers.get("etag")).toMatch(/^W\//);
    const before = (await ask("/site/app.js")).headers.get("etag");
    tree.write("app.js", "export {};", new Date(LONG_AGO.getTime() + 1));
    expect((await ask("/site/app.js")).headers.get("etag")).not.toBe(before);
    tree.write("app.js", "export {};");
  });

  test.each<[Partial<FilesOptions>, string, string]>([
    [{}, "/site/app-1a2b3c4d.js", "public, no-cache"],
    [{ immutable: /[.-][0-9a-f]{8,}\./ }, "/site/app-1a2b3c4d.js", "public, max-age=31536000, immutable"],
    [{ immutable: /[.-][0-9a-f]{8,}\./g }, "/site/app-1a2b3c4d.js", "public, max-age=31536000, immutable"],
    [{ immutable: /[.-][0-9a-f]{8,}\./ }, "/site/app.js", "public, no-cache"],
    [{ immutable: /[.-][0-9a-f]{8,}\./, maxAge: "1h" }, "/site/app.js", "public, max-age=3600"],
    [{ immutable: true }, "/site/app.js", "public, max-age=31536000, immutable"],
  ])("caching by %o", async (options, target, expected) => {
    const ask = await site(options);
    for (let i = 0; i < 3; i++) expect((await ask(target)).headers.get("cache-control")).toBe(expected);
  });

  describe("behind a guard, and where nothing was said, no shared cache keeps a file", () => {
    const signedIn = policy({ kind: "signedIn" });
    const guard = middleware("guard", { meta: [signedIn] }, (_ctx, next) => next());
    test.each<[string, readonly Use[], readonly Use[], string]>([
      ["public", [publicAccess()], [], "public"],
      ["public twice", [publicAccess()], [publicAccess()], "public"],
      ["a policy", [signedIn], [], "private"],
      ["a guard", [guard], [], "private"],
      ["a guard around what calls itself public", [publicAccess()], [guard], "private"],
    ])("%s", async (_name, own, around, expected) => {
      for (const immutable of [true, false]) {
        const ask = await asker(folder("/site", { root: tree.root, immutable, use: own }), around);
        for (const target of ["/site/app.js", "/site/docs"])
          expect((await ask(target)).headers.get("cache-control")).toMatch(new RegExp(`^${expected}, `));
      }
    });

    test("nothing said", async () => {
      const { ask, close } = await open(createApp({ routes: folder("/site", { root: tree.root }) }));
      closing.push(close);
      expect((await ask("/site/app.js")).headers.get("cache-control")).toBe("private, no-cache");
    });
  });

  test("what browsers run has a policy", async () => {
    const ask = await site();
    const policyOf = async (target: string): Promise<string | undefined> =>
      (await ask(target)).headers.get("content-security-policy");
    expect(await policyOf("/site/")).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
    expect(await policyOf("/site/picture.svg")).toMatch(/^default-src 'none';.*sandbox$/);
    expect(await policyOf("/site/app.js")).toBeUndefined();
    const own = await site({ csp: "sandbox" });
    expect((await own("/site/picture.svg")).headers.get("content-security-policy")).toBe("sandbox");
    const none = await site({ csp: false });
    expect((await none("/site/")).headers.has("content-security-policy")).toBe(false);
  });

  test("a fallback is for navigations alone, and is not kept", async () => {
    const ask = await site({ fallback: "index.html", immutable: true });
    for (const [headers, status] of [
      [{ "sec-fetch-mode": "navigate", accept: "text/html,*/*;q=0.8" }, 200],
      [{ accept: "text/html,application/xhtml+xml,*/*;q=0.8" }, 200],
      [{ accept: "*/*" }, 404],
      [{}, 404],
      [{ "sec-fetch-mode": "no-cors", accept: "text/html" }, 404],
      [{ "sec-fetch-mode": "cors", accept: "application/json" }, 404],
    ] as const) {
      for (const target of ["/site/tickets/7", "/site/docs/deep/", "/site/missing.js"]) {
        const answer = await ask(target, { headers });
        expect([target, headers, answer.status]).toEqual([target, headers, status]);
        // A cache that kept either for the other would take the app from everybody (a 404 may be kept: RFC 9110 §15.1).
        expect(answer.headers.get("vary")).toBe("sec-fetch-mode, accept");
        if (status === 404) continue;
        expect(answer.body.toString()).toBe("<!doctype html>home");
        expect(answer.headers.get("cache-control")).toBe("public, no-cache");
      }
    }
    const navigation = { headers: { "sec-fetch-mode": "navigate" } };
    expect((await ask("/site/.env", navigation)).status).toBe(404);
    expect((await ask("/site/app.js", navigation)).body.toString()).toBe("export {};");
    expect((await ask("/site/tickets/7", { ...navigation, method: "POST" })).status).toBe(405);
  });

  test("hidden files are served where they are named", async () => {
    for (const [dotfiles, status] of [
      [[".env"], 200],
      [true, 200],
      [false, 404],
      [[], 404],
    ] as const)
      expect((await (await site({ dotfiles }))("/site/.env")).status).toBe(status);
    expect((await (await site({ dotfiles: false }))("/site/.well-known/security.txt")).status).toBe(404);
  });

  test("in a group, under its prefix and its items", async () => {
    const app = createApp({ strict: true });
    app.group("/admin", [policy({ kind: "staff" })]).mount(folder("/manual", { root: tree.root }));
    app.group("/root", [publicAccess()]).mount(folder("/", { root: tree.root }));
    const { ask, close } = await open(app);
    closing.push(close);
    expect((await ask("/admin/manual/docs/")).headers.get("cache-control")).toBe("private, no-cache");
    expect((await ask("/admin/manual")).headers.get("location")).toBe("./manual/");
    expect((await ask("/root")).headers.get("location")).toBe("./root/index.html");
    expect((await ask("/root/docs/")).body.toString()).toBe("docs");
  });

  test("a param of one segment is the name of a file in the root", async () => {
    const ask = await asker([
      { method: "GET", path: "/one/:name", route: files({ root: tree.root, use: [publicAccess()] }) },
    ]);
    expect((await ask("/one/app.js")).status).toBe(200);
    expect((await ask("/one/styles%2Fsite.css")).status).toBe(404);
    expect((await ask("/one/docs")).headers.get("location")).toBe("./docs/");
  });
});

describe("what does not start", () => {
  const start = async (options: Partial<FilesOptions>): Promise<unknown> =>
    createApp({ routes: folder("/", { root: tree.root, ...options }) })
      .ready()
      .then(
        () => "started",
        (error: unknown) => error,
      );

  test.each<[Partial<FilesOptions>, RegExp]>([
    [{ root: new URL("file:///nowhere/at/all/") }, /^OS_FILES_ROOT: The root .*nowhere.* does not exist/],
    [{ fallback: "missing.html" }, /^OS_FILES_OPTION: .*fallback.*missing\.html/],
    [{ fallback: "docs" }, /^OS_FILES_OPTION: .*fallback/],
  ])("%o", async (options, message) => {
    const error = await start(options);
    expect(error).toBeInstanceOf(FilesError);
    expect((error as FilesError).message).toMatch(message);
  });

  test("a root that is a file", async () => {
    expect(String(await start({ root: tree.placeOf("app.js") }))).toMatch(/OS_FILES_ROOT: .* is no folder/);
  });

  test.each<Partial<FilesOptions>>([
    { root: new URL("https://example.com/") },
    { root: "" },
    { root: undefined as unknown as string },
    { index: "" },
    { index: ["index.html"] as unknown as string },
    { fallback: true as unknown as string },
    { dotfiles: ".git" as unknown as string[] },
    { immutable: "assets" as unknown as RegExp },
    { precompressed: "br" as unknown as ["br"] },
    { csp: true as unknown as string },
    { index: "a/b.html" },
    { index: "../secret" },
    { fallback: "../secret" },
    { fallback: "docs/" },
    { maxAge: "soon" as "1s" },
    { precompressed: ["deflate" as "br"] },
    { links: "all" as "inside" },
    { csp: "sandbox\r\nset-cookie: a=b" },
  ])("%o", (options) => {
    expect(() => folder("/", { root: tree.root, ...options })).toThrow(/^OS_FILES_(?:OPTION|ROOT): /);
  });

  test("in strict mode, files that nobody said who may have", async () => {
    await expect(createApp({ strict: true, routes: folder("/", { root: tree.root }) }).ready()).rejects.toThrow(
      "OS_UNPOLICED_ROUTE",
    );
  });
});

test("the graph shows files as the routes that they are, and not where they lie", async () => {
  const app = createApp({ routes: folder("/site", { root: tree.root, use: [publicAccess()] }) });
  const { routes } = await graph(app);
  expect(routes.map(({ key, summary, policies, uses }) => ({ key, summary, policies, uses }))).toEqual(
    ["GET /site", "GET /site/", "GET /site/*path"].map((key) => ({
      key,
      summary: "Files of root",
      policies: [{ kind: "public" }],
      uses: ["fileRoot"],
    })),
  );
  expect(Object.keys(routes[0]?.problems ?? {})).toEqual(expect.arrayContaining(["notFound", "rangeNotSatisfiable"]));
  expect(JSON.stringify(routes)).not.toContain(tree.around);
});
