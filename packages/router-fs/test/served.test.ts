// The table that `openspeed routes` prints and what an app serves agree, for random folders.
import { CompileError, createApp, type Incoming, type Mount, reply, route } from "@openspeed/core";
import type { Pages } from "@openspeed/pages";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openProject } from "../src/generate.ts";
import { plan } from "../src/plan.ts";
import { mountsOf } from "../src/mounts-of.ts";
import * as matchers from "@openspeed/core/matchers";
import { memoryDisk } from "./memory-disk.ts";
import { answerOf } from "./oracle.ts";
import { type Asked, requests, sourceOf, type Tree, trees } from "./trees.ts";

/** `OPENSPEED_TREES=100000` for all of them. */
const TREES = Number(process.env["OPENSPEED_TREES"] ?? 10_000);

const known = new Map(Object.entries(matchers));

/** A route that tells who it is and which params it was given. */
const telling = (method: string, source: string) =>
  route(({ params }) => reply(200, undefined, { "x-by": `${method} ${source}`, "x-params": JSON.stringify(params) }));

/** Mounts what the real ones mount, with nothing to render. */
const pages: Pages = {
  mounts({ path, source, use = [], matchers = {}, action = false }) {
    return (action ? ["GET", "POST"] : ["GET"]).map((method): Mount => ({
      method,
      path,
      source,
      use,
      matchers,
      route: telling(method, source),
    }));
  },
  notFound: ({ path, source, use = [], matchers = {} }) => [
    { method: "404", path, source, use, matchers, route: telling("404", source) },
  ],
};

/** The mounts of a tree as if its files had been loaded. */
function mounted(tree: Tree): ReturnType<typeof mountsOf> {
  const planned = plan([...tree.keys()], "production");
  const methods = new Map(planned.files.map(({ placed }) => [placed.file, placed.method]));
  const exportsOf = (file: string) => {
    const source = `routes/${file}`;
    const value = (name: string) =>
      file.includes("_use.") ? [] : telling(name === "default" ? (methods.get(file) ?? "") : name, source);
    return Object.fromEntries((tree.get(file) ?? []).map((name) => [name, value(name)]));
  };
  const { mounts, faults } = mountsOf(planned, {
    exportsOf,
    matchers: known,
    known: new Set(known.keys()),
    pages,
    name: "routes",
  });
  return {
    mounts,
    faults: [...planned.faults.map((fault) => ({ ...fault, where: `routes/${fault.where}` })), ...faults],
  };
}

const incoming = ({ method, path }: Asked): Incoming => ({
  method,
  target: path,
  signal: new AbortController().signal,
  platform: undefined,
  peer: undefined,
  header: () => null,
  headers: () => [],
  text: async () => "",
  bytes: async () => new Uint8Array(),
  stream: () => null,
  request: () => new Request(`http://localhost${path}`, { method }),
});

const headerOf = (headers: readonly string[], name: string) => headers[headers.indexOf(name) + 1] ?? "";

const told = (faults: readonly { code: string; where: string }[]) =>
  [...new Set(faults.map(({ code, where }) => `${code} ${where.replace(/:\d+:\d+$/, "")}`))].sort();

async function agrees(tree: Tree, asked: readonly Asked[]): Promise<"refused" | "served"> {
  const files = new Map([...tree].map(([file, exports]) => [`routes/${file}`, sourceOf(exports)]));
  const { scan } = await openProject({ root: "/nowhere", disk: memoryDisk(files) });
  const { mounts, faults } = mounted(tree);
  expect(told(faults)).toEqual(told(scan.faults));
  const app = createApp({ routes: mounts, mode: "production" });
  const refusal = await app.ready().catch((error: unknown) => error);
  if (scan.faults.some(({ code }) => code === "OS_CONFLICTING_PATH" || code === "OS_SHADOWED_PATH")) {
    const alone = scan.faults.every(({ message }) => !message.startsWith("What is missing"));
    // The kernel finds the same conflicts, unless a file is left out for another fault.
    if (alone && scan.faults.length === told(faults).length && mounts.length === scan.routes.length)
      expect(refusal).toBeInstanceOf(CompileError);
    return "refused";
  }
  expect(refusal).toBeUndefined();
  if (scan.faults.length > 0) return "refused";
  for (const each of asked) {
    const expected = answerOf(scan.routes, each);
    const { status, headers } = await app.handle(incoming(each));
    const answer = status === 200 ? [headerOf(headers, "x-by"), JSON.parse(headerOf(headers, "x-params"))] : status;
    const shown =
      typeof expected === "number" ? expected : [`${expected.row.method} ${expected.row.file}`, expected.params];
    expect({ ...each, answer }).toEqual({ ...each, answer: shown });
  }
  return "served";
}

test(`the table and what is served agree: ${TREES} trees`, { timeout: 3_600_000 }, async () => {
  const count = { refused: 0, served: 0 };
  await fc.assert(
    fc.asyncProperty(trees, requests, async (tree, asked) => {
      count[await agrees(tree, asked)]++;
    }),
    { numRuns: TREES },
  );
  // Neither side is empty, or nothing was tried.
  expect(Math.min(count.refused, count.served)).toBeGreaterThan(TREES / 10);
});
