import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openProject } from "../src/generate.ts";
import { routesFrom } from "../src/index.ts";

const root = fileURLToPath(new URL("./fixtures/typed/", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

/** What the compiler complains of; empty for nothing. */
function complaints(config: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [tsc, "-p", `${root}${config}`], (error, stdout, stderr) => {
      if (error !== null && stdout === "") reject(new Error(stderr, { cause: error }));
      else resolve(stdout);
    });
  });
}

test("what is checked in is what would be generated", async () => {
  const project = await openProject({ root });
  expect(project.scan.faults).toEqual([]);
  expect(await project.stale()).toEqual([]);
});

describe("params have the types of their matchers, by the files that are checked in", () => {
  test.each(["tsconfig.json", "tsconfig.bundler.json"])("%s", async (config) => {
    expect(await complaints(config)).toBe("");
  });
});

test("the generated file mounts what loading the folder mounts", async () => {
  const loaded = await routesFrom(new URL("./fixtures/typed/routes/", import.meta.url), { environment: "production" });
  // By its name alone: this folder's compiler knows nothing of the other's `rootDirs`.
  const file = new URL("./fixtures/typed/.openspeed/routes.ts", import.meta.url).href;
  const { default: generated }: { default: typeof loaded } = await import(file);
  const shown = (mounts: typeof loaded) =>
    mounts.map(({ method, path, source, matchers = {}, use = [] }) => {
      const named = use.map((item) => ("name" in item ? item.name : item.kind));
      return { method, path, source, matchers: Object.entries(matchers), use: named };
    });
  expect(shown(generated)).toEqual(shown(loaded));
  expect(generated.length).toBeGreaterThan(4);
});
