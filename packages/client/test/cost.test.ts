import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));
const workspace = join(here, "../../..");

interface Sizes {
  readonly routes: number;
  readonly calls: number;
  readonly client?: boolean;
  readonly byPath?: boolean;
}

/** POST routes with params, a body, an output, two items and a problem; plain schemas, so that no library's types are counted. */
function sourceOf({ routes, calls, client = true, byPath = false }: Sizes): string {
  const each = (count: number, write: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => write(i)).join("\n");
  return `
import { problem, provide, route, type Schema } from "@openspeed/core";
${client ? 'import type { Client } from "../../../src/index.ts";' : ""}
declare function schema<T>(): Schema<T, T>;
const db = provide("db", { scope: "app" }, () => ({ find: (id: string) => ({ id, name: "x" }) }));
const session = provide("session", { use: [db], problems: { unauthenticated: problem(401, "Sign in") } }, () => ({ id: "1" }));
const User = schema<{ id: string; name: string }>();
${each(routes, (i) => `const r${i} = route({ use: [db, session], params: schema<{ id${i}: number }>(), body: schema<{ n${i}: number }>(), output: User, problems: { gone: problem(410, "Gone") } }, () => ({ id: "1", name: "" }));`)}
export interface Api {
${each(routes, (i) => `"POST /r${i}/:id${i}": typeof r${i};`)}
}
${client ? "declare const call: Client<Api>;" : ""}
${each(
  calls,
  (i) => `
const a${i} = await ${byPath ? `call.at["r${i}"][":id${i}"].post(` : `call("POST /r${i}/:id${i}", `}{ params: { id${i}: 1 }, body: { n${i}: 1 } });
if (a${i}.ok) a${i}.value.name satisfies string;
else if (a${i}.problem?.name === "gone") a${i}.problem.status satisfies 410;`,
)}`;
}

/** How many instantiations the compiler makes for a file: the same number on every machine. */
async function instantiations(source: string): Promise<number> {
  const scratch = join(here, ".checked");
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "cost-"));
  try {
    writeFileSync(join(folder, "app.ts"), source);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    const compiler = join(workspace, "node_modules/typescript/bin/tsc");
    const { stdout } = await promisify(execFile)(process.execPath, [
      compiler,
      "-p",
      folder,
      "--extendedDiagnostics",
      "--singleThreaded",
    ]);
    return Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const settings = {
  extends: join(workspace, "tooling/tsconfig/web.json"),
  compilerOptions: {
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    rootDir: null,
    outDir: null,
    tsBuildInfoFile: null,
  },
  include: ["app.ts"],
};

// Of the 102, any call that is generic over a key takes 29; the rest reads three schemas (37), chooses the arguments (18) and puts
// the problems together (18). README.md has the whole account.
test("a used call costs little, and a route that is not called nothing", { timeout: 120_000 }, async () => {
  const ofCall = async (byPath: boolean): Promise<number> => {
    const few = await instantiations(sourceOf({ routes: 100, calls: 10, byPath }));
    const many = await instantiations(sourceOf({ routes: 100, calls: 60, byPath }));
    return (many - few) / 50;
  };
  const cost = await ofCall(false);
  expect(cost).toBeLessThanOrEqual(102);
  expect(cost).toBeGreaterThan(10);
  expect(await ofCall(true)).toBeLessThanOrEqual(212);

  // With a client that calls, against no client, on the same routes.
  const added = async (routes: number): Promise<number> =>
    (await instantiations(sourceOf({ routes, calls: 10 }))) -
    (await instantiations(sourceOf({ routes, calls: 0, client: false })));
  expect(await added(1100)).toBe(await added(100));
});
