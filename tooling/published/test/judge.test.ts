import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { judge } from "../src/judge.ts";
import { pack } from "../src/pack.ts";

const manifest = {
  name: "@openspeed/sample",
  version: "0.1.0",
  description: "A sample.",
  license: "MIT",
  type: "module",
  sideEffects: false,
  exports: {
    ".": { "@openspeed/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
  },
  files: ["dist", "src"],
  engines: { node: ">=22.18" },
};

const files: Readonly<Record<string, string>> = {
  "README.md": "# Sample\n",
  LICENSE: "MIT\n",
  "src/index.ts": "export const answer: number = 42;\n",
  "dist/index.js": "export const answer = 42;\n",
  "dist/index.d.ts": "export declare const answer: number;\n",
};

async function faultsOf(change: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "openspeed-sample-"));
  try {
    const all = { "package.json": JSON.stringify(manifest), ...files, ...change };
    for (const [path, content] of Object.entries(all)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    return await judge(await pack(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("a sound package passes every judge", async () => {
  expect(await faultsOf({})).toEqual([]);
});

const cases: readonly [what: string, change: Readonly<Record<string, string>>, fault: RegExp][] = [
  [
    "an entry that is not packed",
    {
      "package.json": JSON.stringify({
        ...manifest,
        exports: { ".": { ...manifest.exports["."], default: "./dist/a.js" } },
      }),
    },
    /^publint: .*dist\/a\.js/,
  ],
  [
    "types that name a file that is not there",
    { "dist/index.d.ts": 'export { answer } from "./missing";\n' },
    /^attw: Internal resolution error/,
  ],
  [
    "types that need a package nobody installs",
    { "dist/index.d.ts": 'export type { StandardSchemaV1 } from "@standard-schema/spec";\n' },
    /^house: dist\/index\.d\.ts imports "@standard-schema\/spec"/,
  ],
];

test.for(cases)("%s is found", async ([, change, fault]) => {
  expect(await faultsOf(change)).toContainEqual(expect.stringMatching(fault));
});
