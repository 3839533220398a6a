import { expect, test } from "vitest";
import { houseFaults, type Packed } from "../src/rules.ts";

const exports = {
  ".": { "@openspeed/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
};
const manifest = {
  name: "@openspeed/mail",
  description: "Sends mail.",
  license: "MIT",
  type: "module",
  sideEffects: false,
  engines: { node: ">=22.18" },
  exports,
  dependencies: { "@openspeed/core": "^0.1.0" },
};
const paths = ["package.json", "README.md", "LICENSE", "src/index.ts", "dist/index.js", "dist/index.d.ts"];
const good: Packed = {
  manifest,
  paths,
  files: [
    {
      path: "dist/index.js",
      imports: ["./send.js", "node:net", "@openspeed/core", "@openspeed/core/web", "cloudflare:sockets"],
    },
    { path: "dist/index.d.ts", imports: ["@openspeed/mail"] },
  ],
};

test("a good package has no fault", () => {
  expect(houseFaults(good)).toEqual([]);
});

test("tests of templates are part of what is shipped", () => {
  expect(houseFaults({ ...good, paths: [...paths, "templates/minimal/test/notes.test.ts"] })).toEqual([]);
});

const cases: readonly [what: string, Packed, fault: string][] = [
  ["another licence", { ...good, manifest: { ...manifest, license: "ISC" } }, '"license" must be "MIT"'],
  ["an older Node", { ...good, manifest: { ...manifest, engines: { node: ">=18" } } }, '"engines" must be'],
  ["no description", { ...good, manifest: { ...manifest, description: "" } }, '"description" is missing'],
  ["no exports", { ...good, manifest: { ...manifest, exports: undefined } }, '"exports" is missing'],
  [
    "types after default",
    { ...good, manifest: { ...manifest, exports: { "./a": { "@openspeed/source": "", default: "", types: "" } } } },
    'exports["./a"] must have',
  ],
  [
    "a workspace range",
    { ...good, manifest: { ...manifest, peerDependencies: { zod: "catalog:" } } },
    'peerDependencies "zod" is packed as "catalog:"',
  ],
  ["no README", { ...good, paths: paths.filter((path) => path !== "README.md") }, "README.md is not in the package"],
  ["a test", { ...good, paths: [...paths, "test/a.test.ts"] }, "test/a.test.ts must not be in the package"],
  ["build state", { ...good, paths: [...paths, "dist/.tsbuildinfo"] }, "dist/.tsbuildinfo must not be"],
  [
    "types that an installed copy cannot find",
    { ...good, files: [{ path: "dist/index.d.ts", imports: ["@standard-schema/spec"] }] },
    'dist/index.d.ts imports "@standard-schema/spec"',
  ],
];

test.for(cases)("%s is one fault", ([, packed, fault]) => {
  expect(houseFaults(packed)).toEqual([expect.stringContaining(fault)]);
});
