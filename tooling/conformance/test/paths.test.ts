import { createApp } from "@openspeed/core";
import { expect, test } from "vitest";
import { incoming, suite } from "./suite.ts";

const app = (...paths: readonly string[]) => {
  const made = createApp();
  for (const path of paths) made.get(path, ({ params }) => ({ path, params }));
  return made;
};

suite("params", (open) => {
  const tables: {
    name: string;
    paths: string[];
    cases: [target: string, path: string | undefined, params?: Record<string, string>][];
  }[] = [
    {
      name: "one segment, decoded",
      paths: ["/users/:id", "/users/:id/posts/:post_id"],
      cases: [
        ["/users/42", "/users/:id", { id: "42" }],
        ["/users/a%20b", "/users/:id", { id: "a b" }],
        ["/users/caf%C3%A9", "/users/:id", { id: "café" }],
        ["/users/%E0%B9%84%E0%B8%97%E0%B8%A2", "/users/:id", { id: "ไทย" }],
        ["/users/a+b", "/users/:id", { id: "a+b" }],
        ["/users/1/posts/2", "/users/:id/posts/:post_id", { id: "1", post_id: "2" }],
        ["/users", undefined],
        ["/users/", undefined],
        ["/users/1/", undefined],
      ],
    },
    {
      name: "an encoded slash stays in its param",
      paths: ["/files/:name", "/files/:name/raw"],
      cases: [
        ["/files/a%2Fb", "/files/:name", { name: "a/b" }],
        ["/files/a%2fb", "/files/:name", { name: "a/b" }],
        ["/files/a%2Fb/raw", "/files/:name/raw", { name: "a/b" }],
        ["/files/100%25", "/files/:name", { name: "100%" }],
        ["/files/%252F", "/files/:name", { name: "%2F" }],
        ["/files/a/b", undefined],
      ],
    },
    {
      name: "an optional last segment",
      paths: ["/list/:page?"],
      cases: [
        ["/list", "/list/:page?", {}],
        ["/list/2", "/list/:page?", { page: "2" }],
        ["/list/", undefined],
        ["/list/2/3", undefined],
      ],
    },
    {
      name: "the rest",
      paths: ["/files/*path"],
      cases: [
        ["/files/a", "/files/*path", { path: "a" }],
        ["/files/a/b/c.txt", "/files/*path", { path: "a/b/c.txt" }],
        ["/files/a/", "/files/*path", { path: "a/" }],
        ["/files/", undefined],
        ["/files", undefined],
      ],
    },
    {
      name: "literal before param before rest, with backtracking",
      paths: ["/a/b", "/a/:x", "/a/*r", "/:y/b", "/a/b/c/d", "/a/:x/c/e"],
      cases: [
        ["/a/b", "/a/b", {}],
        ["/a/z", "/a/:x", { x: "z" }],
        ["/z/b", "/:y/b", { y: "z" }],
        ["/a/b/c/d", "/a/b/c/d", {}],
        ["/a/b/c/e", "/a/:x/c/e", { x: "b" }],
        ["/a/b/c/f", "/a/*r", { r: "b/c/f" }],
        ["/z/z", undefined],
      ],
    },
    {
      name: "encoded letters are the letters",
      paths: ["/admin/users", "/café"],
      cases: [
        ["/%61dmin/users", "/admin/users", {}],
        ["/admin/%75%73ers", "/admin/users", {}],
        ["/caf%C3%A9", "/café", {}],
        ["/ADMIN/users", undefined],
        ["/admin%2Fusers", undefined],
        ["/admin%252Fusers", undefined],
      ],
    },
    {
      name: "doubled and trailing slashes count",
      paths: ["/a/b", "/c/"],
      cases: [
        ["/a//b", undefined],
        ["//a/b", undefined],
        ["/a/b/", undefined],
        ["/c/", "/c/", {}],
        ["/c", undefined],
      ],
    },
    {
      name: "dots are resolved before matching",
      paths: ["/a/b", "/a/.hidden", "/a/"],
      cases: [
        ["/a/./b", "/a/b", {}],
        ["/x/../a/b", "/a/b", {}],
        ["/x/%2e%2e/a/b", "/a/b", {}],
        ["/../../a/b", "/a/b", {}],
        ["/a/.hidden", "/a/.hidden", {}],
        ["/a/b/..", "/a/", {}],
      ],
    },
  ];
  for (const { name, paths, cases } of tables) {
    test.each(cases)(`${name}: %s`, async (target, path, params) => {
      const t = await open(app(...paths));
      if (path === undefined) await t(`GET ${target}`).expectProblem("notFound");
      else expect((await t(`GET ${target}`).expect(200)).value).toEqual({ path, params });
    });
  }

  test("the query takes no part in matching", async () => {
    const t = await open(app("/a"));
    await t("GET /a?/b#c").expect(200);
    await t("GET /a?").expect(200);
  });

  test("params without a prototype's names", async () => {
    const t = await open(createApp().get("/:constructor/:toString", ({ params }) => params));
    expect((await t("GET /a/b").expect(200)).value).toEqual({ constructor: "a", toString: "b" });
  });

  test("ctx.path is canonical", async () => {
    const t = await open(createApp().get("/*all", ({ path }) => path));
    await t("GET /%61/b%2Fc/%25").expect(200, "/a/b%2Fc/%25");
  });
});

suite("paths that have no canonical form", (open) => {
  test.each(["/%", "/%zz", "/%FF", "/%C0%AF", "/a%00b", "/a%0Ab", "/a%2F..%2Fb", "/%5C..%5Cb", "/a%2f%2e%2e%2fb"])(
    "%s is 400",
    async (target) => {
      const t = await open(app("/*all"));
      await t(`GET ${target}`).expectProblem("malformed");
    },
  );
});

test.each([
  ["http://example.com/a", 200],
  ["HTTPS://example.com/a?x", 200],
  ["http://example.com", 404],
  ["/a#fragment", 400],
  ["ftp://example.com/a", 400],
  ["http://user@example.com/a", 400],
  ["http:///a", 400],
  ["a", 400],
  ["", 400],
  ["/a b", 400],
  ["/a\\b", 400],
  ["/\u0001", 400],
  ["/caf\u00c3\u00a9", 200],
])("the request target %j is %i", async (target, status) => {
  expect((await app("/a", "/café").handle(incoming(target))).status).toBe(status);
});

test("OPTIONS * speaks for the server", async () => {
  const { status } = await app("/a").handle(incoming("*", { method: "OPTIONS" }));
  expect([200, 204]).toContain(status);
  expect((await app("/a").handle(incoming("*"))).status).toBe(405);
});
