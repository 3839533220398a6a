import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type App, CompileError, createApp, type Mount, route } from "../src/index.ts";

const echo = route(({ params }) => params);

function appOf(...keys: readonly string[]): App {
  return createApp().mount(
    keys.map((key): Mount => ({
      method: key.split(" ", 1)[0] ?? "",
      path: key.slice(key.indexOf(" ") + 1),
      route: echo,
      source: `file of ${key}`,
    })),
  );
}

async function found(app: App): Promise<readonly (readonly [code: string, where: string])[]> {
  try {
    await app.compile();
    return [];
  } catch (error) {
    if (error instanceof CompileError) return error.diagnostics.map(({ code, where }) => [code, where]);
    throw error;
  }
}

describe("mounts side by side", () => {
  test.each<[keys: readonly string[], codes: readonly string[]]>([
    [["GET /a", "GET /b"], []],
    [["GET /a", "POST /a"], []],
    [["GET /a", "* /a"], []],
    [["GET /a", "GET /a/"], []],
    [["GET /a", "GET /A"], []],
    [["GET /:a", "GET /a"], []],
    [["GET /:a", "GET /*a"], []],
    [["GET /:a/b", "GET /:c/d"], []],
    [["GET /a/:b?", "GET /a/:b/c"], []],
    [["GET /a", "GET /a"], ["OS_CONFLICTING_PATH"]],
    [["GET /:a", "GET /:a"], ["OS_CONFLICTING_PATH"]],
    [["* /a", "* /a"], ["OS_CONFLICTING_PATH"]],
    [
      ["GET /a", "GET /a", "GET /a"],
      ["OS_CONFLICTING_PATH", "OS_CONFLICTING_PATH"],
    ],
    [["GET /caf%C3%A9", "GET /café"], ["OS_CONFLICTING_PATH"]],
    [["GET /%61", "GET /a"], ["OS_CONFLICTING_PATH"]],
    [["GET /:a", "GET /:b"], ["OS_SHADOWED_PATH"]],
    [["GET /x/*a", "GET /x/*b"], ["OS_SHADOWED_PATH"]],
    [["GET /:a/b/:c", "GET /:d/b/:e"], ["OS_SHADOWED_PATH"]],
    [["GET /a/:b?", "GET /a"], ["OS_CONFLICTING_PATH"]],
    [["GET /a/:b?", "GET /a/:c"], ["OS_SHADOWED_PATH"]],
    [
      ["GET /a/:b?", "GET /a/:b?"],
      ["OS_CONFLICTING_PATH", "OS_CONFLICTING_PATH"],
    ],
  ])("%j: %j", async (keys, codes) => {
    expect((await found(appOf(...keys))).map(([code]) => code)).toEqual(codes);
  });

  test("a clash names both files", async () => {
    const app = createApp().mount([
      { method: "GET", path: "/:a", route: echo, source: "first.ts" },
      { method: "GET", path: "/:b", route: echo, source: "second.ts" },
    ]);
    await expect(app.compile()).rejects.toThrow(/second\.ts[^]*first\.ts/);
  });

  test("all that is wrong is told at once, each with its place", async () => {
    expect(await found(appOf("GET /a", "GET /a", "get /b", "GET /:", "GET /*x/y"))).toEqual([
      ["OS_CONFLICTING_PATH", "file of GET /a"],
      ["OS_MALFORMED_PATH", "file of get /b"],
      ["OS_MALFORMED_PATH", "file of GET /:"],
      ["OS_MALFORMED_PATH", "file of GET /*x/y"],
    ]);
  });
});

describe("malformed", () => {
  test.each([
    "get /a",
    " /a",
    "GET a",
    "GET ",
    "GET /:",
    "GET /*",
    "GET /:?",
    "GET /:1a",
    "GET /:a.b",
    "GET /:a-?b",
    "GET /:ไ",
    "GET /:a/:a",
    "GET /:a/*a",
    "GET /:a?/:a",
    "GET /:__proto__",
    "GET /*a/b",
    "GET /*a/",
    "GET /.",
    "GET /..",
    "GET /a/../b",
    "GET /%2e",
    "GET /a/%2E./b",
    "GET /a?",
    "GET /a#b",
    "GET /%zz",
    "GET /%2e%2e",
    "GET /%3Ausers",
    "GET /files/%2Arest",
    "GET /%00",
    "GET /\ud83d",
    "GET 💩",
    `GET ${Array.from({ length: 9 }, (_, i) => `/:p${i}?`).join("")}`,
  ])("%s", async (key) => {
    expect(await found(appOf(key))).toEqual([["OS_MALFORMED_PATH", `file of ${key}`]]);
  });

  test.each([
    "GET /",
    "GET //",
    "GET /a b",
    "GET /é",
    "GET /a:b",
    "GET /a*",
    "GET /a\\b",
    "GET /:a-b",
    "GET /:_",
    "GET /...",
    "M-SEARCH /a",
    "* /*rest",
    "GET /:constructor",
  ])("%s is not", async (key) => {
    expect(await found(appOf(key))).toEqual([]);
  });
});

describe("optional params", () => {
  const segment = fc.record({
    optional: fc.boolean(),
    value: fc.option(fc.stringMatching(/^v[a-z]{0,3}$/), { nil: undefined }),
  });

  test("take a path with and without each", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 4 }), async (segments) => {
        // A literal stands before each param, so that it is known which one is absent.
        const pattern = segments.map(({ optional }, i) => `/s${i}/:p${i}${optional ? "?" : ""}`).join("");
        const path = segments.map(({ value }, i) => `/s${i}${value === undefined ? "" : `/${value}`}`).join("");
        const response = await appOf(`GET ${pattern}`).fetch(new Request(`http://localhost${path}`));
        const complete = segments.every(({ optional, value }) => optional || value !== undefined);
        expect(response.status).toBe(complete ? 200 : 404);
        const params = Object.fromEntries(
          segments.flatMap(({ value }, i) => (value === undefined ? [] : [[`p${i}`, value]])),
        );
        if (complete) expect(await response.json()).toEqual(params);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[key: string, path: string, params: object | undefined]>([
    ["GET /:a?", "/", {}],
    ["GET /:a?", "/x", { a: "x" }],
    ["GET /:a?", "/x/y", undefined],
    ["GET /a/:b?", "/a", {}],
    ["GET /a/:b?", "/a/", undefined],
    ["GET /:a?/b", "/b", {}],
    ["GET /:a?/b", "/x/b", { a: "x" }],
    ["GET /:a?/b", "/b/b", { a: "b" }],
    ["GET /a/*rest?", "/a", {}],
    ["GET /a/*rest?", "/a/b/c", { rest: "b/c" }],
    ["GET /:a/:b?", "/x", { a: "x" }],
    ["GET /:a/:b?", "/x/y", { a: "x", b: "y" }],
  ])("%s of %s", async (key, path, params) => {
    const response = await appOf(key).fetch(new Request(`http://localhost${path}`));
    expect(response.status).toBe(params === undefined ? 404 : 200);
    if (params !== undefined) expect(await response.json()).toEqual(params);
  });
});
