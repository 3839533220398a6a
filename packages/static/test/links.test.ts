import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { createApp, publicAccess } from "@openspeed/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FilesOptions, folder } from "../src/index.ts";
import { type Ask, ways } from "./exchange.ts";
import { makeTree, type Tree } from "./tree.ts";

const SECRET = "the secret";
let tree: Tree;
beforeAll(() => {
  tree = makeTree({
    "real.txt": "real",
    "folder/file.txt": "file",
    "folder/index.html": "index",
    ".hidden/x.txt": SECRET,
  });
  writeFileSync(join(tree.around, "secret.txt"), SECRET);
  mkdirSync(join(tree.around, "root2"));
  writeFileSync(join(tree.around, "root2/secret.txt"), SECRET);
  for (const [name, target] of [
    ["inside.txt", "real.txt"],
    ["absolute.txt", tree.placeOf("real.txt")],
    ["chain.txt", "inside.txt"],
    ["linked", "folder"],
    ["folder/up.txt", "../real.txt"],
    ["out-and-in.txt", "../root/real.txt"],
    ["outside.txt", "../secret.txt"],
    ["chain-out.txt", "outside.txt"],
    ["out", ".."],
    ["sibling", "../root2"],
    ["etc", "/etc"],
    ["dangling.txt", "nowhere.txt"],
    ["loop.txt", "loop.txt"],
    ["to-hidden.txt", ".hidden/x.txt"],
    ["root", "."],
    ["zero", "/dev/zero"],
    ["self", "/proc/self/environ"],
  ] as const)
    symlinkSync(target, tree.placeOf(name));
});
afterAll(() => tree.remove());

async function site<T>(options: Partial<FilesOptions>, use: (ask: Ask) => Promise<T>): Promise<T> {
  const routes = folder("/", { root: tree.root, use: [publicAccess()], ...options });
  const { ask, close } = await (ways[0] ?? expect.unreachable()).open(createApp({ routes }));
  try {
    return await use(ask);
  } finally {
    await close();
  }
}

describe("links", () => {
  const inside = [
    "inside.txt",
    "absolute.txt",
    "chain.txt",
    "linked/file.txt",
    "folder/up.txt",
    "out-and-in.txt",
    "root/root/real.txt",
  ];
  const outside = [
    "outside.txt",
    "chain-out.txt",
    "out/secret.txt",
    "out/root2/secret.txt",
    "sibling/secret.txt",
    "etc/passwd",
    "dangling.txt",
    "loop.txt",
    "to-hidden.txt",
    "zero",
    "self",
    "root/outside.txt",
    "out/root/outside.txt",
  ];
  test.each(inside)("%s leads inside", async (name) => {
    await site({}, async (ask) => expect((await ask(`/${name}`)).status).toBe(200));
    await site({ links: "never" }, async (ask) => expect((await ask(`/${name}`)).status).toBe(404));
  });
  test.each(outside)("%s leads nowhere", async (name) => {
    for (const links of ["inside", "never"] as const)
      await site({ links }, async (ask) => {
        const { status, body } = await ask(`/${name}`);
        expect([status, body.includes(SECRET)]).toEqual([404, false]);
      });
  });
  test("a folder behind a link", async () => {
    await site({}, async (ask) => {
      expect((await ask("/linked")).headers.get("location")).toBe("./linked/");
      expect((await ask("/linked/")).body.toString()).toBe("index");
      for (const target of ["/out", "/out/", "/etc", "/etc/", "/sibling"]) expect((await ask(target)).status).toBe(404);
    });
  });
  test("a root that is a link is the folder behind it", async () => {
    const link = join(tree.around, "current");
    symlinkSync("root", link);
    await site({ root: link }, async (ask) => expect((await ask("/real.txt")).status).toBe(200));
    rmSync(link);
  });
  test("a hidden file that a link leads to is served where hidden ones are", async () => {
    await site({ dotfiles: true }, async (ask) => expect((await ask("/to-hidden.txt")).body.toString()).toBe(SECRET));
  });
  test("another name of the same file is a file", async () => {
    linkSync(tree.placeOf("real.txt"), tree.placeOf("hard.txt"));
    await site({ links: "never" }, async (ask) => expect((await ask("/hard.txt")).body.toString()).toBe("real"));
  });
});

describe("while names change hands", () => {
  test("a link that is swapped is never followed outside", async () => {
    const place = tree.placeOf("swapped.txt");
    const swap = (target: string): void => {
      symlinkSync(target, `${place}.new`);
      renameSync(`${place}.new`, place);
    };
    mkdirSync(tree.placeOf("swapped"));
    writeFileSync(tree.placeOf("swapped/secret.txt"), "mine");
    const swapFolder = (out: boolean): void => {
      rmSync(tree.placeOf("swapped"), { recursive: true });
      if (out) symlinkSync("..", tree.placeOf("swapped"));
      else {
        mkdirSync(tree.placeOf("swapped"));
        writeFileSync(tree.placeOf("swapped/secret.txt"), "mine");
      }
    };
    swap("real.txt");
    const seen = new Set<string>();
    await site({}, async (ask) => {
      for (let i = 0; i < 300; i++) {
        const answers = [ask("/swapped.txt"), ask("/swapped/secret.txt"), ask("/swapped.txt")];
        swap(i % 2 === 0 ? "../secret.txt" : "real.txt");
        swapFolder(i % 2 === 0);
        for (const { status, body } of await Promise.all(answers))
          seen.add(status === 200 ? body.toString() : `${status}`);
      }
    });
    expect([...seen].filter((each) => !["404", "mine", "real"].includes(each))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
  });

  test("a file that is replaced is one or the other, and always there", async () => {
    const place = tree.placeOf("replaced.txt");
    writeFileSync(place, "0");
    await site({}, async (ask) => {
      for (let i = 1; i <= 300; i++) {
        const answers = [ask("/replaced.txt"), ask("/replaced.txt")];
        writeFileSync(`${place}.new`, `${i}`);
        renameSync(`${place}.new`, place);
        for (const { status, body } of await Promise.all(answers)) {
          expect(status).toBe(200);
          expect([`${i - 1}`, `${i}`]).toContain(body.toString());
        }
      }
    });
  });
});

describe.skipIf(process.platform === "win32")("what is no file is not there, and holds nobody", () => {
  test("pipes, sockets, devices, folders", async () => {
    execFileSync("mkfifo", [tree.placeOf("pipe")]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(tree.placeOf("socket"), resolve));
    await site({ fallback: "real.txt" }, async (ask) => {
      for (const target of ["/pipe", "/socket", "/zero", "/folder/missing", "/pipe/", "/socket/x"])
        expect([target, (await ask(target)).status]).toEqual([target, 404]);
    });
    server.close();
  });
});
