import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createApp, middleware, policy, problem, publicAccess } from "@openspeed/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folder } from "../src/index.ts";
import { type Ask, ways } from "./exchange.ts";
import { makeTree, type Tree } from "./tree.ts";

const SECRET = "the secret";
const visible: Readonly<Record<string, string>> = {
  "app.js": "app.js of the root",
  "a/b.txt": "b.txt of a",
  "a/c/d.txt": "d.txt of c",
  "a/index.html": "index of a",
  "%2e%2e": "a name with escapes",
  "%.txt": "a name with a percent sign",
};
const hidden: Readonly<Record<string, string>> = {
  ".env": SECRET,
  ".git/config": SECRET,
  "a/.htpasswd": SECRET,
  "a/.ssh/id": SECRET,
};

let tree: Tree;
beforeAll(() => {
  tree = makeTree({ ...visible, ...hidden });
  writeFileSync(join(tree.around, "secret.txt"), SECRET);
  mkdirSync(join(tree.around, "root-of-others"));
  writeFileSync(join(tree.around, "root-of-others/secret.txt"), SECRET);
});
afterAll(() => tree.remove());

/** What is wanted, in all the ways in which it can be written. */
const goals = [
  "../secret.txt",
  "../root-of-others/secret.txt",
  "../../../../../../../../etc/passwd",
  "a/../../secret.txt",
  "a/c/../../../secret.txt",
  "/etc/passwd",
  "C:/Windows/win.ini",
  "//host/share/secret.txt",
  "?/C:/Windows/win.ini",
  ".env",
  ".git/config",
  "a/.htpasswd",
  "a/.ssh/id",
  "a/./.htpasswd",
  "a/c/../.htpasswd",
  ".env.",
  ".env ",
  ".env::$DATA",
  "app.js::$DATA",
  "app.js:secret",
  "app.js.",
  "app.js ",
  "app.js/",
  "app.js/.",
  "app.js\0.png",
  "app.js\0",
  "a/\n/b.txt",
  "NUL",
  "nul.txt",
  "con",
  "a/COM1.log",
  "a/lpt9 .txt",
  "CONIN$",
  "aux.js",
  "...",
  "a/.../b.txt",
  "a\\b.txt",
  "..\\secret.txt",
  "a/..\\..\\secret.txt",
  "file:///etc/passwd",
  "~/.ssh/id",
];
const encodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text.replace(/[^!-~]|\\/g, percent),
  "as it is": (text) => text.replace(/[\0\n ]/g, percent),
  "dots and slashes": (text) => text.replace(/[./\\:]|[^!-~]/g, percent),
  "dots in lower case": (text) => text.replace(/[.\\]|[^!-~]/g, (char) => percent(char).toLowerCase()),
  slashes: (text) => text.replace(/[/\\]|[^!-~]/g, percent),
  everything: (text) => text.replace(/[\s\S]/g, percent),
  twice: (text) => text.replace(/[./\\]|[^!-~]/g, (char) => percent(percent(char))),
  thrice: (text) => text.replace(/[./\\]|[^!-~]/g, (char) => percent(percent(percent(char)))),
  backslashes: (text) => text.replaceAll("/", "%5C").replace(/[^!-~]|\\/g, percent),
  "bare backslashes": (text) => text.replaceAll("/", "\\").replace(/[^!-~]/g, percent),
  overlong: (text) =>
    text
      .replaceAll(".", "%C0%AE")
      .replaceAll("/", "%C0%AF")
      .replace(/[^!-~]|\\/g, percent),
  "full width": (text) =>
    text
      .replaceAll("/", "%EF%BC%8F")
      .replaceAll(".", "%EF%BC%8E")
      .replace(/[^!-~]|\\/g, percent),
  IIS: (text) => text.replaceAll("/", "%u2215").replace(/[^!-~]|\\/g, percent),
  semicolons: (text) => text.replaceAll("/", ";/").replace(/[^!-~]|\\/g, percent),
  "doubled slashes": (text) => text.replaceAll("/", "//").replace(/[^!-~]|\\/g, percent),
  "doubled dots": (text) => text.replaceAll("../", "....//").replace(/[^!-~]|\\/g, percent),
};
function percent(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`).join("");
}
const prefixes = [
  "/files/",
  "/files//",
  "/files/a/",
  "/files/a/../",
  "/files/%2e/",
  "/files/x/..%2f",
  "/files",
  "/",
  "http://localhost/files/",
];
const methods = ["GET", "HEAD"];

describe.each(ways)("attacks, $name", ({ open }) => {
  let ask: Ask;
  let close: () => Promise<void>;
  let guarded = 0;
  beforeAll(async () => {
    const guard = middleware(
      "guard",
      { problems: { forbidden: problem(403, "No") }, meta: [policy({ kind: "guard" })] },
      ({ fail }) => fail.forbidden(),
    );
    const counted = middleware("counted", {}, (_ctx, next) => {
      guarded++;
      return next();
    });
    ({ ask, close } = await open(
      createApp({
        strict: true,
        routes: [
          ...folder("/files", { root: tree.root, use: [publicAccess()] }),
          ...folder("/files/a", { root: new URL("a/", tree.root), use: [guard, counted] }),
        ],
      }),
    ));
  });
  afterAll(() => close());

  test(
    `${goals.length} goals in ${Object.keys(encodings).length} encodings behind ${prefixes.length} prefixes`,
    { timeout: 120_000 },
    async () => {
      const served = new Set(Object.values(visible));
      const leaked: string[] = [];
      let asked = 0;
      for (const goal of goals)
        for (const [encoding, encode] of Object.entries(encodings))
          for (const prefix of prefixes)
            for (const method of methods) {
              const target = prefix + encode(goal);
              if (/[^!-~\x80-\xff]/.test(target)) continue;
              const { status, body } = await ask(target, { method });
              asked++;
              const text = body.toString();
              const isServed = status === 200 && (method === "HEAD" || (served.has(text) && !/of a|of c/.test(text)));
              const isRefused = [301, 400, 403, 404].includes(status) && !text.includes(SECRET);
              if (!isServed && !isRefused)
                leaked.push(`${method} ${target} (${encoding}): ${status} ${text.slice(0, 40)}`);
            }
      expect(leaked).toEqual([]);
      expect(asked).toBeGreaterThan(5000);
    },
  );

  test("what is behind a guard has no other way in", async () => {
    for (const target of [
      "/files/a",
      "/files/a/",
      "/files/a//",
      "/files/a/.",
      "/files/a/index.html",
      "/files/a/b.txt",
      "/files/%61/b.txt",
      "/files/x/../a/b.txt",
      "/files/./a/b.txt",
      "/files/a%2Fb.txt",
      "/files//a/b.txt",
      "/files/a;x/b.txt",
      "/files/A/b.txt",
      "/files/a./b.txt",
      "/files/a%20/b.txt",
      "/files/a%5Cb.txt",
    ])
      for (const method of methods) {
        const { status, body } = await ask(target, { method });
        expect({ target, isRefused: [403, 404].includes(status) }).toEqual({ target, isRefused: true });
        expect(body.toString()).not.toMatch(/b\.txt of a|index of a/);
      }
    expect(guarded).toBe(0);
  });

  test("long paths are nothing", async () => {
    for (const target of [`/files/${"b/".repeat(600)}`, `/files/${"a".repeat(300)}`, `/files/${"a".repeat(2000)}`])
      expect((await ask(target)).status).toBe(404);
  });
});

describe("whatever is asked for", () => {
  const names = Object.keys({ ...visible, ...hidden });
  const whole = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...Object.values(encodings)))
    .map(([name, encode]) => encode(name.replaceAll("%", "%25")));
  const piece = fc.oneof(
    { weight: 3, arbitrary: whole },
    fc.constantFrom(...names.flatMap((name) => name.split("/"))),
    fc.constantFrom(
      "..",
      ".",
      "",
      "%2e",
      "%2e%2e",
      "%2F",
      "%5c",
      "..%2f",
      "%00",
      "a",
      "index.html",
      "secret.txt",
      "root",
    ),
    fc.string({ unit: "binary", maxLength: 4 }).map((text) => percent(text.toWellFormed())),
    fc.string({ unit: fc.constantFrom(..."./%\\:25eEfF~"), maxLength: 6 }),
  );
  const target = fc.array(piece, { maxLength: 4 }).map((pieces) => `/${pieces.join("/")}`);

  test("is the regular file that its path names, or nothing", async () => {
    const { ask, close } = await (ways[0] ?? expect.unreachable()).open(
      createApp({ routes: folder("/", { root: tree.root, use: [publicAccess()] }) }),
    );
    let found = 0;
    await fc.assert(
      fc.asyncProperty(target, async (path) => {
        const { status, body } = await ask(path);
        expect([200, 301, 400, 404]).toContain(status);
        if (status !== 200) return;
        found++;
        const named = decodeURIComponent(new URL(`http://x${path.replaceAll("\\", "%5C")}`).pathname);
        const name = named.endsWith("/") ? `${named}index.html` : named;
        expect(visible).toHaveProperty([name.slice(1)]);
        expect(body.toString()).toBe(readFileSync(join(tree.path, name), "utf8"));
      }),
      { numRuns: 5000 },
    );
    expect(found).toBeGreaterThan(50);
    await close();
  });
});
