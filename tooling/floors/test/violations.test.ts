import { expect, test } from "vitest";
import type { Floor } from "../src/table.ts";
import { violations } from "../src/violations.ts";
import type { Group, Member } from "../src/workspace.ts";

const floors: readonly Floor[] = [
  { name: "kernel", purpose: "", packages: ["core"] },
  { name: "edges", purpose: "", packages: ["adapter-node", "testing"] },
  { name: "tools", purpose: "", packages: ["router-fs"] },
];

interface Sample {
  readonly group?: Group;
  readonly dependencies?: readonly string[];
  readonly devDependencies?: readonly string[];
  readonly file?: string;
  readonly imports?: readonly string[];
  readonly typeOnly?: boolean;
}

function member(folder: string, sample: Sample = {}): Member {
  const { group = "packages", dependencies = [], devDependencies = [], file = "src/index.ts", imports = [] } = sample;
  return {
    group,
    folder,
    name: `@openspeed/${folder}`,
    dependencies: new Set(dependencies),
    devDependencies: new Set(devDependencies),
    files: [
      {
        path: `${group}/${folder}/${file}`,
        imports: imports.map((specifier) => ({ specifier, line: 7, typeOnly: sample.typeOnly ?? false })),
      },
    ],
  };
}

const house = [member("core"), member("adapter-node"), member("testing"), member("router-fs")];
const core = "@openspeed/core";
const node = "@openspeed/adapter-node";
const testing = "@openspeed/testing";
const fs = "@openspeed/router-fs";

const allowed: readonly [what: string, Member][] = [
  ["down one floor", member("adapter-node", { dependencies: [core], imports: [core, `${core}/web`] })],
  ["down two floors", member("router-fs", { dependencies: [core, node], imports: [core, node] })],
  ["its own files", member("core", { file: "src/compile/plan.ts", imports: ["../route.ts"] })],
  ["types of Standard Schema in core", member("core", { imports: ["@standard-schema/spec"], typeOnly: true })],
  ["any library above core", member("router-fs", { imports: ["node:fs", "oxc-parser"] })],
  ["a library in core's tests", member("core", { file: "test/a.test.ts", imports: ["zod"] })],
  [
    "a higher floor in a test",
    member("core", { file: "test/a.test.ts", devDependencies: [testing], imports: [testing] }),
  ],
  [
    "everything in an app",
    member("desk", { group: "apps", dependencies: [core, node, fs], imports: [core, node, fs] }),
  ],
  ["everything in tooling", member("x", { group: "tooling", dependencies: [core, fs], imports: [core, fs] })],
  ["itself by name", member("router-fs", { file: "test/a.test.ts", imports: [fs] })],
];

test.for(allowed)("allowed: %s", ([, subject]) => {
  expect(violations(floors, houseWith(subject))).toEqual([]);
});

const refused: readonly [what: string, Member, message: string][] = [
  ["up", member("adapter-node", { dependencies: [fs], imports: [fs] }), "higher floor, floor 2 (tools)"],
  ["sideways", member("adapter-node", { dependencies: [testing], imports: [testing] }), "same floor, floor 1 (edges)"],
  [
    "up, types only",
    member("core", { dependencies: [fs], imports: [fs], typeOnly: true }),
    "nothing but its own files",
  ],
  ["undeclared", member("adapter-node", { imports: [core] }), "not declared"],
  ["undeclared in a test", member("core", { file: "test/a.test.ts", imports: [testing] }), "not declared"],
  [
    "only a devDependency",
    member("adapter-node", { devDependencies: [core], imports: [core] }),
    "only a devDependency",
  ],
  ["a file of another package", member("testing", { imports: ["../../core/src/route.ts"] }), "reaches into another"],
  ["a folder with the same beginning", member("core", { imports: ["../../core-x/src/a.ts"] }), "reaches into another"],
  ["a library in core", member("core", { imports: ["zod"] }), "nothing but its own files"],
  ["a Node module in core", member("core", { imports: ["node:fs"] }), "nothing but its own files"],
  ["values of Standard Schema in core", member("core", { imports: ["@standard-schema/spec"] }), "nothing but its own"],
  [
    "an app in an app",
    member("desk", { group: "apps", dependencies: ["@openspeed/shop"], imports: ["@openspeed/shop"] }),
    "another app",
  ],
  [
    "an app in a package",
    member("router-fs", { dependencies: ["@openspeed/shop"], imports: ["@openspeed/shop"] }),
    "imports apps/shop",
  ],
];

test.for(refused)("refused: %s", ([, subject, message]) => {
  const found = violations(floors, houseWith(subject));
  expect(found.map((violation) => violation.message).join("\n")).toContain(message);
  expect(found[0]?.at).toMatch(new RegExp(`^${subject.group}/${subject.folder}/.*:7$`));
});

test("a package without a floor is refused", () => {
  expect(violations(floors, houseWith(member("mail")))).toEqual([
    { at: "packages/mail", message: "has no floor; add it to tooling/floors/src/table.ts" },
  ]);
});

test("a package on two floors is refused", () => {
  const twice = [...floors, { name: "top", purpose: "", packages: ["core"] }];
  expect(violations(twice, house).map((violation) => violation.at)).toEqual(["packages/core"]);
});

test("a file that may be reached is allowed to that folder alone", () => {
  const imports = ["../../../packages/core/src/compile/matcher.ts"];
  const reaches = [{ from: "apps/bench", file: "packages/core/src/compile/matcher.ts", why: "" }];
  const bench = houseWith(member("bench", { group: "apps", imports }));
  const desk = houseWith(member("desk", { group: "apps", imports }));
  expect(violations(floors, bench, reaches)).toEqual([]);
  expect(violations(floors, desk, reaches)).toHaveLength(1);
});

/** The house with the subject in its place. */
function houseWith(subject: Member): readonly Member[] {
  const shop = member("shop", { group: "apps" });
  return [...house.filter((other) => other.folder !== subject.folder), shop, subject];
}
