import { execFileSync, spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRequired } from "@openspeed/required";
import { beforeAll, describe, expect, test } from "vitest";
import { commandFaults, type Known } from "../src/commands.ts";
import { readDocuments } from "../src/documents.ts";
import { writeProjects } from "../src/folders.ts";
import { projectsOf, type Project } from "../src/project.ts";
import { isTest, runProject } from "../src/run.ts";
import { typeFaults } from "../src/types.ts";

const workspace = join(import.meta.dirname, "../../..");
// Within the workspace, where packages are found as a reader's project finds them.
const root = join(import.meta.dirname, "../.checked/projects");

const projects = readDocuments(workspace).flatMap(projectsOf);
const titled = projects.map((project) => ({ ...project, title: `${project.document} › ${project.heading || "top"}` }));

beforeAll(() => writeProjects(projects, root));

test("every block can be checked", () => {
  expect(projects.flatMap(({ faults }) => faults)).toEqual([]);
});

test("the projects' names differ", () => {
  const names = projects.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test("snippets can import every package", () => {
  const { dependencies = {} } = manifest("tooling/snippets/package.json");
  const published = globSync("packages/*/package.json", { cwd: workspace }).map((path) => manifest(path).name);
  expect(published.filter((name) => name.startsWith("@openspeed/") && !Object.hasOwn(dependencies, name))).toEqual([]);
});

test("what sh blocks name exists", () => {
  expect(projects.flatMap((project) => commandFaults(project, known()))).toEqual([]);
});

test("every snippet passes the type check", async () => {
  expect(await typeFaults(projects, root)).toEqual([]);
});

// The shell and curl are what a reader has at hand; where they are missing, the other checks remain.
const runnable = process.platform !== "win32" && (isRequired("curl") || spawnSync("curl", ["--version"]).status === 0);

describe.skipIf(!runnable)("run as it is read", () => {
  test.for(titled.filter(isRun))("$title", async (project) => {
    expect(await runProject(project, join(root, project.name))).toEqual([]);
  });
});

function isRun({ runs, files }: Project): boolean {
  return runs.length > 0 || files.some(({ path }) => isTest(path));
}

function known(): Known {
  const manifests = globSync("packages/*/package.json", { cwd: workspace }).map(manifest);
  const catalog = readFileSync(join(workspace, "pnpm-workspace.yaml"), "utf8").matchAll(/^ {2}"?([^\s":]+)"?: \d/gm);
  return {
    packages: new Set([...manifests.map(({ name }) => name), ...[...catalog].map(([, name = ""]) => name)]),
    scripts: new Set(Object.keys(manifest("package.json").scripts ?? {})),
    commands: new Set([...help().matchAll(/^ {2}([a-z]+) /gm)].map(([, name = ""]) => name)),
  };
}

function help(): string {
  const bin = join(workspace, "packages/cli/bin/openspeed.js");
  return execFileSync(process.execPath, ["--conditions=@openspeed/source", bin, "--help"], { encoding: "utf8" });
}

interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(workspace, path), "utf8")) as Manifest;
}
